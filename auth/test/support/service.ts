import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { freePort } from '../../../test-support/ports.mjs';
import { until } from '../../../test-support/until.mjs';
import { ask } from './ask.ts';

/** The service as a process of its own, on a port of its own. */
export class Service {
  readonly base: string;
  /** Lines of its log, read. */
  readonly log: Record<string, unknown>[] = [];
  readonly #child: ChildProcess;
  readonly #exit: Promise<unknown[]>;

  /** @param env what it needs besides: `IMAGE_DIR`, `DATA_DIR` */
  static async start(env: Record<string, string>): Promise<Service> {
    const service = new Service(await freePort(), env);
    const answers = (): Promise<boolean> =>
      ask(service.base, '/auth/health').then(
        ({ status }) => status === 200,
        () => false,
      );
    await until('the service answers', answers);
    return service;
  }

  private constructor(port: number, env: Record<string, string>) {
    this.base = `http://localhost:${port}`;
    this.#child = spawn(process.execPath, [join(import.meta.dirname, '../../src/main.ts')], {
      env: { AUTH_BIND: '127.0.0.1', AUTH_PORT: String(port), HTTP_PORT: String(port), ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#exit = once(this.#child, 'exit');
    let rest = '';
    this.#child.stdout?.on('data', (chunk: Buffer) => {
      const lines = (rest + chunk.toString()).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) if (line.startsWith('{')) this.log.push(JSON.parse(line) as Record<string, unknown>);
    });
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** @returns its status, or `null` where a signal ended it */
  async exit(): Promise<number | null> {
    const [status] = (await this.#exit) as [number | null];
    return status;
  }
}
