import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';

/** Where a command reads and writes. Results go to `stdout`, everything that is only said to `stderr`. */
export type Terminal = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
};

/** The command line is not one of ours; the message says why. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export type Command = {
  /** `user add`. */
  readonly name: string;
  /** What follows the name, as a manual writes it. */
  readonly synopsis: string;
  /** What it does, in one or two sentences. */
  readonly says: string;
  /** @throws UsageError, and whatever the command throws */
  run(args: readonly string[], terminal: Terminal): Promise<void>;
};

type Values<Options extends ParseArgsOptionsConfig> = ReturnType<
  typeof parseArgs<{ options: Options; allowPositionals: true; strict: true }>
>['values'];

type Definition<Options extends ParseArgsOptionsConfig> = Omit<Command, 'run'> & {
  readonly options: Options;
  /** How many words the command takes beside its options: at least, at most. */
  readonly words: readonly [least: number, most: number];
  run(values: Values<Options>, words: readonly string[], terminal: Terminal): Promise<void>;
};

/** Makes a command of what it does with options and words that are already taken apart. */
export function command<const Options extends ParseArgsOptionsConfig>(definition: Definition<Options>): Command {
  const { name, synopsis, says, options, words } = definition;
  return {
    name,
    synopsis,
    says,
    async run(args, terminal) {
      const { values, positionals } = parse(args, options);
      const [least, most] = words;
      if (positionals.length < least) throw new UsageError('Something is missing.');
      if (positionals.length > most) throw new UsageError(`Unexpected: ${positionals.slice(most).join(' ')}`);
      await definition.run(values, positionals, terminal);
    },
  };
}

function parse<const Options extends ParseArgsOptionsConfig>(args: readonly string[], options: Options) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (!(error instanceof Error) || !code.startsWith('ERR_PARSE_ARGS')) throw error;
    throw new UsageError(error.message);
  }
}
