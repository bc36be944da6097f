/** What a child may use; whatever takes more costs one attempt and nothing else. */
export type Limits = {
  /** By the clock on the wall, for all programs of a pipe together. */
  readonly seconds: number;
  /** Of a core, for each program. */
  readonly cpuSeconds: number;
  /** Bytes that each program may have for itself. What is reserved and never used (Node reserves much) and what is only read from a file do not count. */
  readonly memory: number;
  /** Bytes of any file that it writes. */
  readonly fileSize: number;
  /** 0 is like the service, 19 gives way to everybody. */
  readonly niceness: number;
};

/** What an environment has more, or (undefined) less than that of all children. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** A program and its arguments; no shell ever sees them. */
export type Program = {
  readonly program: string;
  readonly args: readonly string[];
  readonly variables?: Variables;
};

/**
 * The same program under its limits. It dies with the service, however that ends; it leaves no memory image behind, and
 * wins no rights. At the soft limit of time it is told so (`SIGXCPU`), at the hard one it is gone.
 */
export function limited({ program, args }: Program, limits: Limits): Program {
  const cpu = Math.ceil(limits.cpuSeconds);
  return {
    program: 'prlimit',
    args: [
      `--cpu=${cpu}:${cpu + 1}`,
      `--data=${Math.ceil(limits.memory)}`,
      `--fsize=${Math.ceil(limits.fileSize)}`,
      '--core=0',
      ...(limits.niceness === 0 ? [] : ['nice', '-n', String(limits.niceness)]),
      ...['setpriv', '--pdeathsig', 'KILL', '--no-new-privs', '--', program, ...args],
    ],
  };
}

/** All that a child knows of the machine: no secrets of the service, words in English, scratch files on the volume. */
export function environment(scratch: string | undefined): NodeJS.ProcessEnv {
  return {
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    LANG: 'C.UTF-8',
    ...(scratch === undefined ? {} : { TMPDIR: scratch, HOME: scratch }),
    // Each thread of glibc would keep its own memory that has been given back.
    MALLOC_ARENA_MAX: '2',
    // More threads win nothing beside one that decodes, and each holds its strip of pixels.
    VIPS_CONCURRENCY: '2',
    // libvips' loaders that nobody fuzzes (SVG, ImageMagick, …) are not there for whoever lets it choose the loader.
    VIPS_BLOCK_UNTRUSTED: '1',
  };
}
