import { constants, inflateSync } from 'node:zlib';
import { readExif } from './exif.ts';
import type { PngHeader, Profile } from './header.ts';
import { readProfile } from './profile.ts';
import { ByteSource, Malformed } from './source.ts';

const MOST_CHUNKS = 200;
/** Bytes of a profile as it is packed, and unpacked: what is longer is a table, and not sRGB. */
const MOST_PACKED = 65_536;
const MOST_UNPACKED = 1_048_576;

/** Reads the chunks of a PNG up to its pixels (PNG, third edition, section 11). Throws `Malformed`. */
export async function readPng(source: ByteSource): Promise<PngHeader> {
  const head = await source.bytes(8, 18);
  const size = { width: head.readUInt32BE(8), height: head.readUInt32BE(12) };
  if (head.toString('latin1', 4, 8) !== 'IHDR' || size.width === 0 || size.height === 0)
    throw new Malformed('it does not begin as it has to');
  let orientation = 1;
  let transparent = false;
  let profile: Profile | undefined;
  let at = 33;
  for (let count = 0; count < MOST_CHUNKS; count++) {
    const chunk = await source.bytes(at, 8);
    const length = chunk.readUInt32BE(0);
    const content = source.part(at + 8, length);
    switch (chunk.toString('latin1', 4, 8)) {
      case 'IDAT': {
        const [bits, colourType] = [head.readUInt8(16), head.readUInt8(17)];
        return { format: 'png', ...size, bits, colourType, transparent, orientation, profile };
      }
      case 'tRNS':
        transparent = true;
        break;
      case 'eXIf':
        orientation = await readExif(content);
        break;
      case 'iCCP':
        profile = await unpackedProfile(content);
    }
    at += 12 + length;
  }
  throw new Malformed('it holds no pixels');
}

/** Of a chunk iCCP: a name, a zero, a byte for the way it is packed, and the profile (section 11.3.2.3). */
async function unpackedProfile(content: ByteSource): Promise<Profile | undefined> {
  const bytes = await content.bytes(0, Math.min(content.length, MOST_PACKED));
  const name = bytes.indexOf(0);
  if (name < 0) return undefined;
  try {
    const unpacked = inflateSync(bytes.subarray(name + 2), {
      finishFlush: constants.Z_SYNC_FLUSH,
      maxOutputLength: MOST_UNPACKED,
    });
    return await readProfile(new ByteSource(unpacked.length, (at, length) => unpacked.subarray(at, at + length)));
  } catch (error) {
    // Not packed as it has to be, or endless.
    if (typeof (error as NodeJS.ErrnoException).code === 'string') return undefined;
    throw error;
  }
}
