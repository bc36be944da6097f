import { readSight } from '../permissions/schema.ts';
import { writtenSight } from '../permissions/words.ts';
import { nameOf, shareInWords, shareLink } from '../shares/shares.ts';
import { command, UsageError } from './command.ts';
import { momentOf } from './moment.ts';
import { printList, say, time } from './print.ts';
import { withServices } from './services.ts';

const add = command({
  name: 'share add',
  synopsis: 'NAME --until DATE --people N [--sees full|PIXELS] FOLDER',
  says: 'Makes a link by which so many people see a folder or an image (. for all) without an account, until a date. NAME says for whom or what it is, and is not shown to them. The link is printed once and kept nowhere.',
  options: { until: { type: 'string' }, people: { type: 'string' }, sees: { type: 'string' } },
  words: [2, 2],
  async run({ until, people, sees = 'full' }, [name = '', folder = ''], terminal) {
    if (until === undefined) throw new UsageError('Say with --until when the link is over: --until 2027-07-01');
    if (people === undefined) throw new UsageError('Say with --people how many may open the link: --people 30');
    const pixels = readSight(sees);
    if (pixels === undefined) throw new UsageError(`--sees ${sees} is neither full nor a number of pixels.`);
    if (!/^\d+$/.test(people)) throw new UsageError(`--people ${people} is not a number.`);
    await withServices(terminal, async ({ shares, publicUrl, record }) => {
      const expiresAt = new Date(momentOf('--until', until));
      const given = { name, folder, pixels, people: Number(people), expiresAt };
      const words = shareInWords(given);
      const { share, secret } = await record('share.add', words, () => shares.add(given));
      say(terminal, `The link ${share.id} is made: ${words}. It is not shown again:`);
      terminal.stdout.write(`${shareLink(publicUrl, secret)}\n`);
    });
  },
});

const list = command({
  name: 'share list',
  synopsis: '[--json]',
  says: 'Lists the share links, the newest first: what each opens, until when, how many people opened it, and when last. Those that are over are listed for 90 days.',
  options: { json: { type: 'boolean' } },
  words: [0, 0],
  async run({ json }, _words, terminal) {
    await withServices(terminal, async ({ shares }) => {
      const all = (await shares.list()).map(({ pixels, ...share }) => ({ ...share, sees: writtenSight(pixels) }));
      printList(terminal, all, {
        json,
        headings: ['ID', 'NAME', 'FOLDER', 'SEES', 'UNTIL', 'PEOPLE', 'LAST USED', 'MADE'],
        row: (share) => [
          share.id,
          share.name,
          share.folder,
          `${share.sees}`,
          time(share.expiresAt),
          `${share.used} of ${share.people}`,
          time(share.lastUsedAt),
          time(share.createdAt),
        ],
      });
    });
  },
});

const revoke = command({
  name: 'share revoke',
  synopsis: 'ID',
  says: 'Takes a share link away: within three seconds it opens nothing any more, also to those who have opened it.',
  options: {},
  words: [1, 1],
  async run(_values, [id = ''], terminal) {
    await withServices(terminal, async ({ shares, record }) => {
      const share = await shares.find(id);
      await record('share.revoke', nameOf(share), () => shares.revoke(share.id));
      say(terminal, `The share link "${share.name}" is revoked.`);
    });
  },
});

export const shareCommands = [add, list, revoke];
