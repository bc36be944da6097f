import type { Dimensions } from '../shared/dimensions.ts';
import { readExif } from './exif.ts';
import type { Profile, WebpHeader } from './header.ts';
import { readProfile } from './profile.ts';
import { Excessive, Malformed, type ByteSource } from './source.ts';
import { MOST_PAGES } from './tiff.ts';

const ALPHA = 0x10;
/** In the header of VP8L, as libwebp and so libvips' loader believes it. */
const ALPHA_OF_LOSSLESS = 0x10_00_00_00;
/** `Exif\0\0`, which some programs write ahead of the block. */
const EXIF = 'Exif\0\0';

/** Reads the chunks of a WebP, whichever of its three kinds it is (RFC 9649). Throws `Malformed`, `Excessive`. */
export async function readWebp(source: ByteSource): Promise<WebpHeader> {
  const start = await source.bytes(12, 18);
  const size = sizeIn(start);
  if (size.width === 0 || size.height === 0) throw new Malformed('it has no size');
  const kind = start.toString('latin1', 0, 4);
  const plain = { format: 'webp', ...size, frames: 1, orientation: 1, profile: undefined } as const;
  if (kind === 'VP8 ') return { ...plain, alpha: false };
  if (kind === 'VP8L') return { ...plain, alpha: (start.readUInt32LE(9) & ALPHA_OF_LOSSLESS) !== 0 };
  return { ...plain, alpha: (start.readUInt8(8) & ALPHA) !== 0, ...(await readChunks(source)) };
}

async function readChunks(source: ByteSource) {
  let frames = 0;
  let orientation = 1;
  let profile: Profile | undefined;
  for (let at = 12; at + 8 <= source.length;) {
    const chunk = await source.bytes(at, 8);
    const length = chunk.readUInt32LE(4);
    const content = source.part(at + 8, length);
    switch (chunk.toString('latin1', 0, 4)) {
      case 'ANMF':
        frames += 1;
        if (frames > MOST_PAGES) throw new Excessive(`it holds more than ${MOST_PAGES} pages`);
        break;
      case 'ICCP':
        profile = await readProfile(content);
        break;
      case 'EXIF': {
        const headed = content.length > 6 && (await content.latin1(0, 6)) === EXIF;
        orientation = await readExif(headed ? content.part(6, content.length) : content);
      }
    }
    at += 8 + length + (length % 2);
  }
  return { frames: Math.max(1, frames), orientation, profile };
}

function sizeIn(bytes: Buffer): Dimensions {
  switch (bytes.toString('latin1', 0, 4)) {
    case 'VP8 ':
      return { width: bytes.readUInt16LE(14) & 0x3fff, height: bytes.readUInt16LE(16) & 0x3fff };
    case 'VP8L': {
      const both = bytes.readUInt32LE(9);
      return { width: (both & 0x3fff) + 1, height: ((both >>> 14) & 0x3fff) + 1 };
    }
    case 'VP8X':
      return { width: bytes.readUIntLE(12, 3) + 1, height: bytes.readUIntLE(15, 3) + 1 };
    default:
      throw new Malformed('it holds no picture');
  }
}
