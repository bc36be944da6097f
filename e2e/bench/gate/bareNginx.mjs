import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ask } from '../../../test-support/ask.mjs';
import { freePort } from '../../../test-support/ports.mjs';
import { pidOf } from '../../../test-support/processes.mjs';
import { until } from '../../../test-support/until.mjs';
import { cores } from './cores.mjs';

/**
 * nginx with one worker and no log, which sends files as they are: what everything is compared with.
 * @param {string} folder of its own
 * @param {readonly Buffer[]} tiles `/0.jpg` and so on
 * @param {object} [options]
 * @param {string} [options.gate] the address that is asked about each file: of a rival of auth
 * @param {{certificate: string, key: string}} [options.tls] files; it is https with HTTP/2 then
 */
export async function startBareNginx(folder, tiles, { gate, tls } = {}) {
  await mkdir(join(folder, 'files'), { recursive: true });
  for (const [number, bytes] of tiles.entries()) await writeFile(join(folder, 'files', `${number}.jpg`), bytes);
  const port = await freePort();
  const conf = join(folder, 'nginx.conf');
  await writeFile(
    conf,
    `daemon off;
worker_processes 1;
pid ${folder}/nginx.pid;
events { }
http {
    access_log off;
    sendfile on;
    tcp_nopush on;
    default_type image/jpeg;
    server {
        listen 127.0.0.1:${port}${tls ? ' ssl http2' : ''};
        root ${folder}/files;
${tls ? linesOfTls(tls) : ''}${gate ? linesOfGate(gate) : ''}    }
}
`,
  );
  const child = spawn(
    'setpriv',
    ['--pdeathsig', 'TERM', 'taskset', '-c', cores.server, 'nginx', '-e', 'stderr', '-c', conf],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const base = `${tls ? 'https' : 'http'}://127.0.0.1:${port}`;
  await until('nginx answers', () =>
    ask(base, '/0.jpg', { connection: { rejectUnauthorized: false } }).then(
      () => true,
      () => false,
    ),
  );
  return {
    base,
    pids: [pidOf(child)],
    async stop() {
      child.kill();
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}

/** @param {{certificate: string, key: string}} files */
const linesOfTls = ({ certificate, key }) => `        ssl_certificate ${certificate};
        ssl_certificate_key ${key};
        ssl_protocols TLSv1.2 TLSv1.3;
        keepalive_requests 1000000;
`;

/** @param {string} gate */
const linesOfGate = (gate) => `        auth_request /.decide;
        location = /.decide {
            internal;
            auth_request off;
            proxy_pass http://gate${new URL(gate).pathname};
            proxy_pass_request_body off;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_set_header Content-Length "";
            proxy_set_header Host $host;
            proxy_set_header X-Original-URI $request_uri;
        }
    }
    upstream gate {
        server ${new URL(gate).host};
        keepalive 32;
`;
