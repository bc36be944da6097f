// What whoever has broken into a container may do there: next to nothing. Tried in each container of a running stack.
import assert from 'node:assert/strict';
import { inContainer } from './engine.mjs';

const MB = 1024 * 1024;
const everywhere = ['/dev/mqueue', '/dev/shm']; // Docker's own, in memory, and nothing in them can be run
const written = {
  proxy: ['/run/vitrine'],
  auth: ['/data', '/tmp'],
  certbot: ['/certificates', '/challenges', '/letsencrypt', '/tmp'],
  digilib: ['/run/vitrine'],
  iipsrv: ['/run/iipsrv', '/tmp', '/var/tmp'],
};

/** @param {'digilib' | 'iipsrv'} imageServer */
const servicesOf = (imageServer) => ({
  proxy: { uid: 33, memory: 512 * MB, pids: 200, readOnly: ['/certs', '/certificates', '/challenges'] },
  auth: { uid: 1000, memory: 1024 * MB, pids: 64, readOnly: ['/images', '/manifests'] },
  'image-server': {
    uid: 33,
    memory: 3072 * MB,
    pids: 600,
    readOnly: imageServer === 'digilib' ? ['/images/root', '/opt/vitrine'] : ['/images'],
  },
  certbot: { uid: 33, memory: 256 * MB, pids: 50, readOnly: ['/certs'] },
});

/** What is in the first of these files that is there: control groups have two versions. */
const firstOf = (...files) => ['sh', '-c', `cat ${files.join(' ')} 2>/dev/null | head -n 1`];

// All of them are killed at once, lest the service itself waits for a process.
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

/** Folders of a list that lie in no other one of it. */
const outermost = (folders) => folders.filter((one) => !folders.some((other) => one.startsWith(`${other}/`)));

async function writableFolders(id, user) {
  const find = 'find / \\( -path /proc -o -path /sys \\) -prune -o -type d -writable -print 2>/dev/null; true';
  const { text } = await inContainer(id, ['sh', '-c', find], { user });
  return outermost(text.split('\n').filter(Boolean)).sort();
}

/**
 * @param {import('./engine.mjs').Stack} stack that is running
 * @param {'digilib' | 'iipsrv'} imageServer
 * @returns {{title: string, run: () => Promise<void>}[]}
 */
export function containers(stack, imageServer) {
  return Object.entries(servicesOf(imageServer)).flatMap(([service, { uid, memory, pids, readOnly }]) => {
    const writable = written[service === 'image-server' ? imageServer : service];
    const id = async () => (await stack.container(service)).Id;
    const ask = async (command, options) => inContainer(await id(), command, options);

    const list = [
      {
        title: `${service}: an ordinary user without a privilege, and no way to one`,
        async run() {
          assert.equal((await ask(['id', '-u'])).text.trim(), String(uid));
          const { text } = await ask(['cat', '/proc/1/status']);
          const field = (name) => new RegExp(`^${name}:\\s*(.*)$`, 'm').exec(text)?.[1];
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
          const container = await id();
          assert.deepEqual(await writableFolders(container, uid), [...everywhere, ...writable].sort());
          // Of what is the user's own root has nothing; /tmp and /var/tmp are everybody's.
          const shared = writable.filter((folder) => folder.endsWith('tmp'));
          assert.deepEqual(await writableFolders(container, 0), ['/dev', ...shared].sort());
          for (const user of [uid, 0]) {
            for (const folder of ['', '/etc', '/opt', '/usr/local/bin', '/var', '/home', ...readOnly]) {
              const { status, text } = await inContainer(container, ['touch', `${folder}/vitrine-test`], { user });
              assert.ok(status !== 0 && /Read-only file system/.test(text), `${folder} as ${user}: ${text}`);
            }
          }
          for (const folder of readOnly) {
            const again = await inContainer(container, ['mount', '-o', 'remount,rw', folder], { user: 0 });
            assert.notEqual(again.status, 0, `${folder} was made writable`);
          }
        },
      },
      {
        title: `${service}: what is put into a folder in memory cannot be run`,
        async run() {
          const volumes = ['/data', '/certificates', '/challenges', '/letsencrypt'];
          for (const folder of [...everywhere, ...writable].filter((name) => !volumes.includes(name))) {
            // /dev/mqueue holds queues of messages, not files.
            const script = `cp /bin/true ${folder}/vitrine-test && ${folder}/vitrine-test`;
            const { status, text } = await ask(['sh', '-c', `${script}; s=$?; rm -f ${folder}/vitrine-test; exit $s`]);
            assert.ok(status === 126 || folder === '/dev/mqueue', `${folder}: ${status} ${text}`);
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
          const [, started, refusal] = /^(\d+) (.*)$/.exec(text) ?? assert.fail(text);
          assert.ok(started > 5 && started < pids, `${started} processes were started, of at most ${pids}`);
          assert.match(refusal, /Resource temporarily unavailable/);
        },
      },
      {
        title: `${service}: nothing of the computer's own is shared; its log is cut; its health is looked at`,
        async run() {
          const { HostConfig, Config, Mounts } = await stack.container(service);
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

/** More memory than there is: its end is that of the process that asked, not of the service. */
export function outOfMemory(stack) {
  return {
    title: 'certbot: a process that wants more memory than there is ends, and nothing else does',
    async run() {
      const before = await stack.container('certbot');
      const greedy = ['perl', '-e', 'my $much = "a" x $ARGV[0]; print "got it"', String(1024 * MB)];
      const { status, text } = await inContainer(before.Id, greedy);
      assert.equal(status, 137, text);
      const after = await stack.container('certbot');
      assert.deepEqual([after.State.Status, after.State.Pid], ['running', before.State.Pid]);
    },
  };
}
