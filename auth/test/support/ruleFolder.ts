import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../src/database/open.ts';
import { runCli } from './cli.ts';
import { person } from './people.ts';

/** What the `access.yml` of {@link RuleFolder} says. */
export const RULES = `
folders:
  maps: everyone
  estate/letters:
    - who: everyone
      sees: 600
    - who: { networks: 10.1.0.0/16 }
    - who: { users: ada@example.org }
      until: 2027-07-01T00:00Z
`;

/** A folder of images with rules, a database with one user (ada@example.org), and the command line on both. */
export class RuleFolder {
  readonly data = mkdtempSync(join(tmpdir(), 'vitrine-cli-'));
  readonly images = join(this.data, 'images');
  readonly env: Record<string, string> = {
    DATA_DIR: this.data,
    IMAGE_DIR: this.images,
    IMAGE_SERVER: 'iipsrv',
    PYRAMIDS_URL: 'http://127.0.0.1:1',
  };

  static async make(): Promise<RuleFolder> {
    const folder = new RuleFolder();
    for (const path of ['maps', 'estate/letters']) mkdirSync(join(folder.images, path), { recursive: true });
    const database = await folder.openDatabase();
    await database.users.insert(person('Ada'));
    await database.close();
    folder.write('access.yml', RULES);
    return folder;
  }

  openDatabase(): ReturnType<typeof openDatabase> {
    return openDatabase({ type: 'sqlite', file: join(this.data, 'auth.db') }, { warn: () => undefined });
  }

  /** Writes a file into the folder of images. */
  write(name: string, text: string | Buffer): void {
    writeFileSync(join(this.images, name), text);
  }

  cli(...line: string[]): ReturnType<typeof runCli> {
    return runCli(this.env, line);
  }

  remove(): void {
    rmSync(this.data, { recursive: true });
  }
}
