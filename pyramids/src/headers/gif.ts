import type { Dimensions } from '../shared/dimensions.ts';
import type { GifHeader } from './header.ts';
import { Excessive, Malformed, type ByteSource } from './source.ts';
import { MOST_PAGES } from './tiff.ts';

const EXTENSION = 0x21;
const IMAGE = 0x2c;
const END = 0x3b;
/** Sizes of screens, on which many programs drew what is smaller. */
const SCREENS = ['640x480', '640x512', '800x600', '1024x768', '1280x1024', '1600x1200'];
const LARGEST_SCREEN = 2048;

/** Reads the blocks of a GIF to its end (GIF89a, sections 17 to 27). Throws `Malformed`, `Excessive`. */
export async function readGif(source: ByteSource): Promise<GifHeader> {
  const head = await source.bytes(6, 7);
  const screen = { width: head.readUInt16LE(0), height: head.readUInt16LE(2) };
  let first: Dimensions | undefined;
  let frames = 0;
  let at = 13 + coloursIn(head.readUInt8(4));
  while (at < source.length) {
    const kind = (await source.bytes(at, 1)).readUInt8();
    if (kind === EXTENSION) at = await behindBlocks(source, at + 2);
    else if (kind === IMAGE) {
      // Cut files are shown as far as they go.
      if (at + 11 > source.length) break;
      const frame = await source.bytes(at + 1, 9);
      first ??= {
        width: frame.readUInt16LE(0) + frame.readUInt16LE(4),
        height: frame.readUInt16LE(2) + frame.readUInt16LE(6),
      };
      frames += 1;
      if (frames > MOST_PAGES) throw new Excessive(`it holds more than ${MOST_PAGES} pages`);
      at = await behindBlocks(source, at + 11 + coloursIn(frame.readUInt8(8)));
    } else if (kind === END) break;
    else at += 1;
  }
  if (!first) throw new Malformed('it holds no picture');
  const size = canvas(screen, first);
  if (size.width === 0 || size.height === 0) throw new Malformed('it has no size');
  return { format: 'gif', ...size, frames };
}

/** As libnsgif (in libvips) sees it: the first frame makes a canvas larger, and one of a screen's size is not believed. */
function canvas(screen: Dimensions, first: Dimensions): Dimensions {
  const { width, height } = screen;
  const believed =
    Math.min(width, height) > 0 && Math.max(width, height) <= LARGEST_SCREEN && !SCREENS.includes(`${width}x${height}`);
  const least = believed ? screen : { width: 1, height: 1 };
  return { width: Math.max(least.width, first.width), height: Math.max(least.height, first.height) };
}

/** Bytes of a table of colours, by the byte that announces it. */
function coloursIn(flags: number): number {
  return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1);
}

/** Where a chain of blocks is over, or the file. */
async function behindBlocks(source: ByteSource, from: number): Promise<number> {
  let at = from;
  while (at < source.length) {
    const length = (await source.bytes(at, 1)).readUInt8();
    at += 1 + length;
    if (length === 0) break;
  }
  return at;
}
