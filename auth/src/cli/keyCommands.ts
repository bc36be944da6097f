import { scopeOf } from '../keys/keys.ts';
import { scopeInWords, writtenSight } from '../permissions/words.ts';
import { command, UsageError } from './command.ts';
import { momentOf } from './moment.ts';
import { printList, say, time } from './print.ts';
import { withServices } from './services.ts';
import { readSight } from '../permissions/schema.ts';

const add = command({
  name: 'key add',
  synopsis: 'NAME --until DATE [--sees full|PIXELS] FOLDER …',
  says: 'Makes a key for a program that harvests these folders and images (. for all), until a date. The secret is printed once and kept nowhere: it is sent as "Authorization: Bearer …".',
  options: { until: { type: 'string' }, sees: { type: 'string' } },
  words: [2, 101],
  async run({ until, sees = 'full' }, [name = '', ...folders], terminal) {
    if (until === undefined) throw new UsageError('Say with --until when the key is over: --until 2027-07-01');
    const pixels = readSight(sees);
    if (pixels === undefined) throw new UsageError(`--sees ${sees} is neither full nor a number of pixels.`);
    await withServices(terminal, async ({ keys, record }) => {
      const given = { name, folders, pixels, expiresAt: new Date(momentOf('--until', until)) };
      const words = scopeInWords(scopeOf(given));
      const { secret } = await record('key.add', words, () => keys.add(given));
      terminal.stdout.write(`${secret}\n`);
      say(terminal, `The key is made: ${words}. It is not shown again.`);
    });
  },
});

const list = command({
  name: 'key list',
  synopsis: '[--json]',
  says: 'Lists the keys of programs: what each opens, until when, and when it was used last, to the hour.',
  options: { json: { type: 'boolean' } },
  words: [0, 0],
  async run({ json }, _words, terminal) {
    await withServices(terminal, async ({ keys }) => {
      const all = (await keys.list()).map(({ pixels, ...key }) => ({ ...key, sees: writtenSight(pixels) }));
      printList(terminal, all, {
        json,
        headings: ['NAME', 'FOLDERS', 'SEES', 'UNTIL', 'LAST USED', 'MADE'],
        row: (key) => [
          key.name,
          key.folders.join(', '),
          `${key.sees}`,
          time(key.expiresAt),
          time(key.lastUsedAt),
          time(key.createdAt),
        ],
      });
    });
  },
});

const revoke = command({
  name: 'key revoke',
  synopsis: 'NAME',
  says: 'Takes a key away: within three seconds it opens nothing any more.',
  options: {},
  words: [1, 1],
  async run(_values, [name = ''], terminal) {
    await withServices(terminal, async ({ keys, record }) => {
      const key = await keys.named(name);
      await record('key.revoke', key.name, () => keys.revoke(key.id));
      say(terminal, `The key "${key.name}" is revoked.`);
    });
  },
});

export const keyCommands = [add, list, revoke];
