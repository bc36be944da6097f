import { readSync, writeSync } from 'node:fs';

/*
 * A program in a pipe: reads a PGM or PPM of 8 bits and continues it to the right and below with copies of its last
 * pixels (`node extend.ts WIDTH HEIGHT`). libvips does so too, but has to have all of the picture for it, which large
 * ones are too large for; here a few rows are held.
 */

/** Bytes that are handed on at once, about. */
const CHUNK = 2 ** 20;

const [across = 0, down = 0] = process.argv.slice(2).map(Number);
const { magic, width, height } = header();
const bands = magic === 'P6' ? 3 : 1;
const stride = across * bands;
const rows = Buffer.alloc(stride * Math.ceil(CHUNK / stride));

write(Buffer.from(`${magic}\n${across} ${down}\n255\n`));
for (let done = 0; done < height;) {
  const many = Math.min(rows.length / stride, height - done);
  for (let row = 0; row < many; row += 1) {
    const [start, end] = [row * stride, row * stride + width * bands];
    fill(rows.subarray(start, end));
    rows.fill(rows.subarray(end - bands, end), end, start + stride);
  }
  write(rows.subarray(0, many * stride));
  done += many;
  if (done === height) rows.copy(rows, 0, (many - 1) * stride, many * stride);
}
for (let row = height; row < down; row += 1) write(rows.subarray(0, stride));

/** Four words, with notes between. */
function header(): { magic: string; width: number; height: number } {
  const words: string[] = [];
  while (words.length < 4) words.push(...line().replace(/#.*/v, '').split(/\s+/v).filter(Boolean));
  const [magic = '', width, height, most] = words;
  if (!['P5', 'P6'].includes(magic) || most !== '255') throw new Error('this is no picture of 8 bits');
  return { magic, width: Number(width), height: Number(height) };
}

function line(): string {
  const byte = Buffer.alloc(1);
  let text = '';
  for (;;) {
    fill(byte);
    if (byte[0] === 0x0a) return text;
    text += byte.toString('latin1');
  }
}

function fill(buffer: Buffer): void {
  for (let got = 0; got < buffer.length;) {
    const more = readSync(0, buffer, got, buffer.length - got, null);
    if (more === 0) throw new Error('the picture ends too early');
    got += more;
  }
}

function write(buffer: Buffer): void {
  for (let done = 0; done < buffer.length;) done += writeSync(1, buffer, done);
}
