// What whoever has broken into a container may do there: next to nothing. Tried in each container of a running stack.
import assert from 'node:assert/strict';

/**
 * @typedef {import('./checklist.mjs').Check} Check
 * @typedef {import('./engine.mjs').Stack} Stack
 * @typedef {'digilib' | 'iipsrv'} ImageServer
 * @typedef {(command: string[], options?: {user?: number}) => Promise<{status: number, text: string}>} Ask asks a container
 */

const MB = 1024 * 1024;
const everywhere = ['/dev/mqueue', '/dev/shm']; // Docker's own, in memory, and nothing in them can be run
/** @type {Record<string, string[]>} */
const written = {
  proxy: ['/run/vitrine'],
  auth: ['/data', '/tmp'],
  pyramids: ['/pyramids', '/tmp'],
  certbot: ['/certificates', '/challenges', '/letsencrypt', '/tmp'],
  digilib: ['/run/vitrine'],
  iipsrv: ['/run/iipsrv', '/tmp', '/var/tmp'],
};

/** @param {ImageServer} imageServer */
const servicesOf = (imageServer) => ({
  proxy: { uid: 33, memory: 512 * MB, pids: 200, readOnly: ['/certs', '/certificates', '/challenges'] },
  auth: { uid: 1000, memory: 1024 * MB, pids: 64, readOnly: ['/images', '/manifests'] },
  pyramids: { uid: 33, memory: 3072 * MB, pids: 400, readOnly: ['/images'] },
  'image-server': {
    uid: 33,
    memory: 3072 * MB,
    pids: 600,
    readOnly: ['/images', '/pyramids', ...(imageServer === 'digilib' ? ['/opt/vitrine'] : [])],
  },
  certbot: { uid: 33, memory: 256 * MB, pids: 50, readOnly: ['/certs'] },
});

/**
 * What is in the first of these files that is there: control groups have two versions.
 * @param {string[]} files
 */
const firstOf = (...files) => ['sh', '-c', `cat ${files.join(' ')} 2>/dev/null | head -n 1`];

// All of them are killed at once, so that the service itself does not wait for a process.
const forkStorm = `
  while (@started < 2000) {
    my $pid = fork;
    last unless defined $pid;
    if ($pid == 0) { sleep 60; exit }
    push @started, $pid;
  }
  my $refusal = "$!";
  kill 'KILL', @started;
  waitpid $_, 0 for @started;
  print scalar(@started), " $refusal";
`;

/**
 * Folders of a list that lie in no other one of it.
 * @param {string[]} folders
 */
const outermost = (folders) => folders.filter((one) => !folders.some((other) => one.startsWith(`${other}/`)));

/**
 * @param {Ask} ask
 * @param {number} user
 */
async function writableFolders(ask, user) {
  const find = 'find / \\( -path /proc -o -path /sys \\) -prune -o -type d -writable -print 2>/dev/null; true';
  const { text } = await ask(['sh', '-c', find], { user });
  return outermost(text.split('\n').filter(Boolean)).sort();
}

/**
 * Tries something in each of some folders of a container.
 * @param {Ask} ask
 * @param {string} work for a shell, with `$folder`
 * @param {string[]} folders
 * @param {{user?: number}} [options]
 * @returns {Promise<{folder: string, status: number, said: string}[]>} how it ended in each of them
 */
async function inEach(ask, work, folders, options) {
  const script = `for folder; do said=$( (${work}) 2>&1); echo "$? $folder:" $said; done`;
  const { text } = await ask(['sh', '-c', script, 'sh', ...folders], options);
  const lines = text.trimEnd().split('\n');
  assert.equal(lines.length, folders.length, text);
  return lines.map((line, index) => {
    const [status = '', ...said] = line.split(' ');
    return { folder: folders[index] ?? '', status: Number(status), said: said.join(' ') };
  });
}

/**
 * @param {Stack} stack that is running
 * @param {ImageServer} imageServer
 * @returns {Check[]}
 */
export function containers(stack, imageServer) {
  return Object.entries(servicesOf(imageServer)).flatMap(([service, { uid, memory, pids, readOnly }]) => {
    const writable = written[service === 'image-server' ? imageServer : service] ?? [];
    /** @type {Ask} */
    const ask = (command, options) => stack.inside(service, command, options);

    const list = [
      {
        title: `${service}: an ordinary user without a privilege, and no way to one`,
        async run() {
          assert.equal((await ask(['id', '-u'])).text.trim(), String(uid));
          const { text } = await ask(['cat', '/proc/1/status']);
          const field = (/** @type {string} */ name) => new RegExp(`^${name}:\\s*(.*)$`, 'm').exec(text)?.[1] ?? '';
          assert.equal(field('Uid'), Array(4).fill(uid).join('\t'));
          for (const name of ['CapInh', 'CapPrm', 'CapEff', 'CapBnd', 'CapAmb'])
            assert.match(field(name), /^0+$/, name);
          assert.equal(field('NoNewPrivs'), '1');
          assert.equal(field('Seccomp'), '2', 'a filter of system calls');
          const root = await ask(['sh', '-c', 'id -u; grep CapEff /proc/self/status'], { user: 0 });
          assert.match(root.text, /^0\nCapEff:\s*0+\s*$/, 'root has no privilege either');
        },
      },
      {
        title: `${service}: nothing can be written but ${writable.join(', ')}, by root neither`,
        async run() {
          assert.deepEqual(await writableFolders(ask, uid), [...everywhere, ...writable].sort());
          // Of what is the user's own root has nothing; /tmp and /var/tmp are everybody's.
          const shared = writable.filter((folder) => folder.endsWith('tmp'));
          assert.deepEqual(await writableFolders(ask, 0), ['/dev', ...shared].sort());
          const closed = ['', '/etc', '/opt', '/usr/local/bin', '/var', '/home', ...readOnly];
          for (const user of [uid, 0]) {
            for (const { folder, status, said } of await inEach(ask, 'touch "$folder/vitrine-test"', closed, { user }))
              assert.ok(status !== 0 && /Read-only file system/.test(said), `${folder} as ${user}: ${said}`);
          }
          const again = await inEach(ask, 'mount -o remount,rw "$folder"', readOnly, { user: 0 });
          for (const { folder, status } of again) assert.notEqual(status, 0, `${folder} was made writable`);
        },
      },
      {
        title: `${service}: what is put into a folder in memory cannot be run`,
        async run() {
          const volumes = ['/data', '/pyramids', '/certificates', '/challenges', '/letsencrypt'];
          const inMemory = [...everywhere, ...writable].filter((name) => !volumes.includes(name));
          const work = 'cd "$folder" && cp /bin/true vitrine-test && ./vitrine-test; s=$?; rm -f vitrine-test; exit $s';
          for (const { folder, status, said } of await inEach(ask, work, inMemory)) {
            // /dev/mqueue holds queues of messages, not files.
            assert.ok(status === 126 || folder === '/dev/mqueue', `${folder}: ${status} ${said}`);
          }
        },
      },
      {
        title: `${service}: memory and processes have an end`,
        async run() {
          const bytes = await ask(firstOf('/sys/fs/cgroup/memory.max', '/sys/fs/cgroup/memory/memory.limit_in_bytes'));
          assert.equal(Number(bytes.text), memory);
          const most = await ask(firstOf('/sys/fs/cgroup/pids.max', '/sys/fs/cgroup/pids/pids.max'));
          assert.equal(Number(most.text), pids);
          const { text } = await ask(['perl', '-e', forkStorm]);
          const [, count, refusal = ''] = /^(\d+) (.*)$/.exec(text) ?? assert.fail(text);
          const started = Number(count);
          assert.ok(started > 5 && started < pids, `${started} processes were started, of at most ${pids}`);
          assert.match(refusal, /Resource temporarily unavailable/);
        },
      },
      {
        title: `${service}: nothing of the computer's own is shared; its log is cut; its health is looked at`,
        async run() {
          const { HostConfig, Config, Mounts } = await stack.container(service);
          // What renders gives way to what only sends; 0 is as much as everybody else has.
          assert.equal(HostConfig.CpuShares, service === 'image-server' ? 256 : 0);
          assert.deepEqual(
            [HostConfig.Privileged, HostConfig.ReadonlyRootfs, HostConfig.PidMode, HostConfig.UTSMode],
            [false, true, '', ''],
          );
          assert.ok(['private', ''].includes(HostConfig.IpcMode), HostConfig.IpcMode);
          assert.deepEqual(HostConfig.Devices ?? [], []);
          assert.ok(!Mounts.some(({ Source }) => /\.sock$|^\/(var\/)?run|^\/$|^\/proc|^\/etc/.test(Source ?? '')));
          const sockets = await ask(['sh', '-c', 'find / -name "docker*.sock" -not -path "/proc/*" 2>/dev/null; true']);
          assert.equal(sockets.text, '');
          assert.deepEqual(HostConfig.LogConfig, {
            Type: 'json-file',
            Config: { 'max-size': '10m', 'max-file': '3' },
          });
          assert.ok(Config.Healthcheck.Test.length > 1);
        },
      },
    ];
    return list;
  });
}

/**
 * More memory than there is: its end is that of the process that asked, not of the service.
 * @param {Stack} stack
 * @returns {Check}
 */
export function outOfMemory(stack) {
  return {
    title: 'certbot: a process that wants more memory than there is ends, and nothing else does',
    async run() {
      const before = await stack.container('certbot');
      const greedy = ['perl', '-e', 'my $much = "a" x $ARGV[0]; print "got it"', String(1024 * MB)];
      const { status, text } = await stack.inside('certbot', greedy);
      assert.equal(status, 137, text);
      const after = await stack.container('certbot');
      assert.deepEqual([after.State.Status, after.State.Pid], ['running', before.State.Pid]);
    },
  };
}
