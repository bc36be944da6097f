import assert from 'node:assert/strict';
import fc from 'fast-check';
import { bytesOf } from '../support/bytes.ts';
import { gif, iccp, jp2, jpeg, png, profile, segment, webp } from '../support/pictures.ts';
import { read } from '../support/reading.ts';
import { directoryOf, pyramid, writeTiff } from '../support/tiff.ts';
import { fitnessOf } from '../../src/headers/fitness.ts';
import { pagesOf } from '../../src/headers/pages.ts';
import { BUDGET, READS } from '../../src/headers/source.ts';
import { MOST_PAGES } from '../../src/headers/tiff.ts';
import { unsuitabilityOf } from '../../src/headers/unsuitable.ts';
import { readLevels } from '../../src/tiles/tiff/levels.ts';

const size = { width: 70, height: 50 };
const icc = segment(0xe2, Buffer.concat([Buffer.from('ICC_PROFILE\0\x01\x01'), profile()]));
const page = { tags: { ...directoryOf(size), 34_675: profile(), 274: [6] } };
export const files = [
  pyramid({ width: 1001, height: 700 }),
  pyramid({ width: 1001, height: 700, big: true, little: false, tags: { 34_675: profile() } }),
  pyramid({ width: 1001, height: 700, subDirectories: true, all: { 259: [5], 262: [2] } }),
  writeTiff([page, page, page, { ...page, below: [page, page] }]),
  jp2({ colours: [2, 0, 0, ...profile()] }),
  jpeg({ segments: [icc] }),
  png({ chunks: [iccp(profile())] }),
  gif(size, [size, size, size]),
  webp(size, 0x3a, [
    ['ICCP', profile()],
    ['ANMF', Buffer.alloc(33)],
  ]),
];
export const starts = [
  'II*\0\x08\0\0\0',
  'MM\0*\0\0\0\x08',
  'II+\0\x08\0\0\0\x10\0\0\0\0\0\0\0',
  '\xff\xd8\xff',
  '\x89PNG\r\n\x1a\n',
  'GIF89a',
  'RIFF....WEBPVP8X',
  '',
];

const value = fc.oneof(fc.constantFrom(0, 1, 2, 8, 127, 128, 254, 255), fc.nat(255));
const changed = fc
  .record({
    file: fc.constantFrom(...files),
    changes: fc.array(fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), value }), { maxLength: 8 }),
    // Places of TIFF's directories and of boxes lie near the beginning or the end.
    near: fc.array(fc.record({ at: fc.nat(400), value, end: fc.boolean() }), { maxLength: 4 }),
    length: fc.oneof(fc.constant(1), fc.double({ min: 0, max: 1, noNaN: true })),
  })
  .map(({ file, changes, near, length }) => {
    const bytes = Buffer.from(file.subarray(0, Math.ceil(file.length * length)));
    for (const change of changes) bytes[Math.floor(change.at * (bytes.length - 1))] = change.value;
    for (const { at, value: byte, end } of near) if (at < bytes.length) bytes[end ? bytes.length - 1 - at : at] = byte;
    return bytes;
  });
const noise = fc
  .record({ start: fc.constantFrom(...starts), rest: fc.uint8Array({ maxLength: 5000 }) })
  .map(({ start, rest }) => Buffer.concat([Buffer.from(start, 'latin1'), rest]));

/**
 * Of each there is an answer, for few bytes; of pictures that have a size, not too many. What is called fit and native
 * is read so by what reads tiles.
 */
export const headers = fc.asyncProperty(
  fc.oneof(changed, noise),
  fc.constantFrom(0, 100, 2 ** 40),
  async (bytes, more) => {
    const { reading, cost } = await read(bytes, bytes.length + more);
    assert.ok(cost.bytes <= BUDGET && cost.reads <= READS);
    if (reading.kind !== 'header' || reading.header.format === 'pdf' || reading.header.format === 'heif') return;
    const { header } = reading;
    unsuitabilityOf(header);
    const pages = pagesOf(header);
    assert.ok(pages.length > 0 && pages.length <= MOST_PAGES);
    for (const { width, height } of pages) assert.ok(Math.min(width, height) > 0);
    if (header.format !== 'tiff') return;
    const fitness = fitnessOf(header, 'iipsrv');
    if (fitness.kind === 'made') return;
    for (const { width, height } of fitness.levels) assert.ok(width * height < 256 * 1024 * 1024);
    if (!fitness.native || more > 0) return;
    const found = await readLevels(bytesOf(bytes));
    for (const [index, { width, height }] of fitness.levels.entries()) {
      const level = found[index];
      assert.deepEqual([level?.kind, level?.width, level?.height], ['jpeg', width, height]);
    }
  },
);
