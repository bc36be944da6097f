import { readCodestream } from './codestream.ts';
import type { Jpeg2000Header } from './header.ts';
import { readProfile } from './profile.ts';
import { Malformed, type ByteSource } from './source.ts';

type Box = { readonly type: string; readonly at: number; readonly length: number };
type Colours = Pick<Jpeg2000Header, 'palette' | 'alpha' | 'colourSpace' | 'profile'>;

/** Where a number that says the colours, or a profile, begins in its box. */
const COLOURS_AT = 3;
/** Boxes looked at on one level. */
const MOST_BOXES = 100;
/** Of a channel that is no colour, what it is: alpha by itself, or alpha that is multiplied in. */
const PLAIN = 1;
const MULTIPLIED = 2;

/** Reads the boxes of a JP2 file (ISO/IEC 15444-1, annex I) and the head of its codestream. Throws `Malformed`. */
export async function readJp2(source: ByteSource): Promise<Jpeg2000Header> {
  let colours = unsaid;
  for await (const box of boxes(source, 0, source.length)) {
    if (box.type === 'jp2h') colours = await readColours(source, box);
    if (box.type !== 'jp2c') continue;
    return { format: 'jp2', ...(await readCodestream(source.part(box.at, box.length))), ...colours };
  }
  throw new Malformed('it holds no picture');
}

/** Reads a codestream without boxes around it. Throws `Malformed`. */
export async function readJ2k(source: ByteSource): Promise<Jpeg2000Header> {
  return { format: 'j2k', ...(await readCodestream(source)), ...unsaid };
}

const unsaid: Colours = { palette: false, alpha: undefined, colourSpace: undefined, profile: undefined };

async function readColours(source: ByteSource, header: Box): Promise<Colours> {
  let { palette, alpha, colourSpace, profile } = unsaid;
  for await (const { type, at, length } of boxes(source, header.at, header.at + header.length)) {
    if (type === 'pclr') palette = true;
    if (type === 'cdef') alpha = await readAlpha(source.part(at, length));
    if (type !== 'colr' || length < 7 || colourSpace !== undefined || profile !== undefined) continue;
    const bytes = await source.bytes(at, 7);
    if (bytes[0] === 1) colourSpace = bytes.readUInt32BE(COLOURS_AT);
    else profile = await readProfile(source.part(at + COLOURS_AT, length - COLOURS_AT));
  }
  return { palette, alpha, colourSpace, profile };
}

/** Of a box that says what the channels are (annex I.5.3.6). */
async function readAlpha(content: ByteSource): Promise<Colours['alpha']> {
  const count = (await content.bytes(0, 2)).readUInt16BE();
  const entries = await content.bytes(2, count * 6);
  for (let at = 2; at < entries.length; at += 6) {
    const kind = entries.readUInt16BE(at);
    if (kind === PLAIN) return 'plain';
    if (kind === MULTIPLIED) return 'multiplied';
  }
  return undefined;
}

async function* boxes(source: ByteSource, from: number, end: number): AsyncGenerator<Box, void> {
  let at = from;
  for (let count = 0; at + 8 <= end; count++) {
    if (count === MOST_BOXES) throw new Malformed('it has too many boxes');
    const bytes = await source.bytes(at, 8);
    const type = bytes.toString('latin1', 4, 8);
    let head = 8;
    let length = bytes.readUInt32BE(0);
    if (length === 1) {
      head = 16;
      length = Number((await source.bytes(at + 8, 8)).readBigUInt64BE());
    } else if (length === 0) length = end - at; // the last one, which goes to the end
    if (length < head) throw new Malformed('a box of it makes no sense');
    if (at + length > end) throw new Malformed('it ends too early');
    yield { type, at: at + head, length: length - head };
    at += length;
  }
}
