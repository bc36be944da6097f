import { setTimeout as wait } from 'node:timers/promises';
import { Refused } from '../identity/errors.ts';
import { summaryOf, counted, durationOf } from '../images/census/summary.ts';
import type { Overview } from '../images/census/overview.ts';
import { checked } from './checkedPicture.ts';
import { command, type Terminal } from './command.ts';
import { partsOf, picturesOf } from './pictures.ts';
import { printList, say } from './print.ts';

/** Milliseconds between two looks at what is being made. */
const LOOK_EVERY = 1000;
/** Of all pictures: how many more are done when a log is told so. */
const TOLD_EVERY = 0.1;
/** Milliseconds after which it is told in any case. */
const SILENT_FOR = 5 * 60_000;

const list = command({
  name: 'pictures list',
  synopsis: '[FOLDER] [--unserved] [--json]',
  says: 'Lists the folders and how many of their pictures are ready; with --unserved the files that cannot be served, why, and what to do.',
  options: { json: { type: 'boolean' }, unserved: { type: 'boolean' } },
  words: [0, 1],
  async run({ json, unserved }, [folder], terminal) {
    const pictures = picturesOf(terminal);
    const overview = await pictures.overview(await pictures.survey(partsOf(folder), 'none'));
    if (unserved) {
      printList(terminal, overview.unserved, {
        json,
        headings: ['FILE', 'WHY', 'WHAT TO DO'],
        row: ({ file, reason, remedy }) => [file, reason, remedy],
      });
      return;
    }
    printList(terminal, overview.folders, {
      json,
      headings: ['FOLDER', 'PICTURES', 'READY', 'BEING MADE', 'CANNOT BE SERVED'],
      row: ({ folder: name, ...counts }) => [
        name === '' ? '.' : name,
        ...[counts.pictures, counts.ready, counts.beingMade, counts.unserved].map(counted),
      ],
    });
  },
});

const status = command({
  name: 'pictures status',
  synopsis: '[--json]',
  says: 'Says how many pictures are ready, being made, and cannot be served; how long it will take, and the room on the disk.',
  options: { json: { type: 'boolean' } },
  words: [0, 0],
  async run({ json }, _words, terminal) {
    const pictures = picturesOf(terminal);
    const overview = await pictures.overview(await pictures.survey([], 'none'));
    const { all, secondsLeft, taken, room } = overview;
    if (json) {
      terminal.stdout.write(`${JSON.stringify({ ...all, secondsLeft, taken, room }, null, 2)}\n`);
      return;
    }
    terminal.stdout.write(`${summaryOf(overview)}.\n`);
    if (all.beingMade > 0 && secondsLeft !== undefined) terminal.stdout.write(`${durationOf(secondsLeft)} left.\n`);
    terminal.stdout.write(`The pyramids take ${sizeOf(taken)}; there is room for ${sizeOf(room)} more.\n`);
  },
});

const make = command({
  name: 'pictures make',
  synopsis: 'FOLDER',
  says: 'Has the pictures of a folder, and of all below it, made before others, and waits until they are. FOLDER . is all.',
  options: {},
  words: [1, 1],
  async run(_values, [folder], terminal) {
    const pictures = picturesOf(terminal);
    const census = await pictures.survey(partsOf(folder), 'folder');
    const progress = progressOn(terminal);
    for (;;) {
      const overview = await pictures.overview(census);
      progress(overview);
      if (overview.all.beingMade === 0) {
        say(terminal, `${summaryOf(overview)}.`);
        if (overview.all.unserved === 0) return;
        throw new Refused('pictures', 'Not all can be served: vitrine pictures list --unserved');
      }
      await wait(LOOK_EVERY);
    }
  },
});

const check = command({
  name: 'pictures check',
  synopsis: 'FILE',
  says: 'Says how one file is served, or why it is not and what to do. FILE is its path below the folder of images.',
  options: {},
  words: [1, 1],
  async run(_values, [file], terminal) {
    terminal.stdout.write(`${await checked(picturesOf(terminal), partsOf(file))}\n`);
  },
});

/** A bar that is drawn again in its line; where that is no terminal, as in a log, a line now and then. */
function progressOn({ stderr }: Terminal): (overview: Overview) => void {
  const isTerminal = 'isTTY' in stderr && stderr.isTTY;
  const told = { done: -TOLD_EVERY, at: -Infinity };
  return ({ all, secondsLeft }) => {
    const done = all.pictures === 0 ? 1 : 1 - all.beingMade / all.pictures;
    const left = secondsLeft === undefined || all.beingMade === 0 ? '' : `, ${durationOf(secondsLeft)} left`;
    const words = `${counted(all.pictures - all.beingMade)} of ${counted(all.pictures)}${left}`;
    if (isTerminal) {
      const bar = '#'.repeat(Math.floor(done * 30)).padEnd(30, '.');
      stderr.write(`\r\u001b[K[${bar}] ${words}${all.beingMade === 0 ? '\n' : ''}`);
    } else if (all.beingMade > 0 && (done >= told.done + TOLD_EVERY || performance.now() >= told.at + SILENT_FOR)) {
      Object.assign(told, { done, at: performance.now() });
      stderr.write(`${words}\n`);
    }
  };
}

function sizeOf(bytes: number): string {
  const unit = bytes >= 1e9 ? (['GB', 1e9] as const) : (['MB', 1e6] as const);
  return `${(bytes / unit[1]).toLocaleString('en', { maximumFractionDigits: 1 })} ${unit[0]}`;
}

export const pictureCommands = [list, status, make, check];
