import { beforeEach, expect, it } from 'vitest';
import type { Ready } from '../pyramids/answers.ts';
import { ReadyImages } from './readiness.ts';
import { UnservedLog } from './unservedLog.ts';

const source = `ab/${'0'.repeat(62)}-0.tif`;
const from = { master: { key: 'ab', path: 'maps/a.tif', state: '1' }, page: 0 };

let answer: Ready;
let asked: number;
let lines: string[];
let imagesFor: (rememberedFor?: number) => ReadyImages;
beforeEach(() => {
  [answer, asked, lines] = [{ kind: 'ready', source, native: true }, 0, []];
  const log = { warn: (_: object, message: string) => void lines.push(message) };
  const unserved = new UnservedLog({ describe: (path) => path.join('/') }, log);
  const client = {
    ready: () => {
      asked += 1;
      return Promise.resolve(answer);
    },
  };
  imagesFor = (rememberedFor) => new ReadyImages(client, unserved, rememberedFor);
});

it('is asked for once for all tiles of an image, and of each page, and again after a while', async () => {
  const images = imagesFor();
  await Promise.all(Array.from({ length: 20 }, () => images.of(from)));
  expect(await images.of(from)).toMatchObject({ kind: 'ready', source, native: true });
  expect(asked).toBe(1);
  await images.of({ ...from, page: 1 });
  expect(asked).toBe(2);
  const forgetful = imagesFor(20);
  const askedFor = async (): Promise<number> => {
    await forgetful.of(from);
    return asked;
  };
  await expect.poll(askedFor).toBeGreaterThan(3);
});

it.each<[Ready, string[]]>([
  [{ kind: 'making' }, []],
  [{ kind: 'failed', reason: 'it ends too early', remedy: 'copy it' }, []],
  [{ kind: 'unavailable', reason: 'there is no room' }, ['new images cannot be shown now: there is no room']],
])('%o is asked again by the next visitor; that there is no room is said once', async (wrong, named) => {
  answer = wrong;
  const images = imagesFor();
  for (let time = 0; time < 2; time += 1) expect(await images.of(from)).toEqual({ kind: wrong.kind });
  expect(asked).toBe(2);
  expect(lines).toEqual(named);
});
