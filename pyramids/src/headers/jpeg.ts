import { readExif } from './exif.ts';
import type { JpegHeader, Profile } from './header.ts';
import { readProfile } from './profile.ts';
import { Malformed, type ByteSource } from './source.ts';

const MOST_SEGMENTS = 300;
const EXIF = 'Exif\0\0';
const ICC = 'ICC_PROFILE\0';
const ADOBE = 'Adobe';

/** What stands ahead of the frame. */
type Notes = { orientation: number; adobe: boolean; profile: Profile | undefined };

/** Reads the segments of a JPEG up to its frame (ITU-T T.81, annex B). Throws `Malformed`. */
export async function readJpeg(source: ByteSource): Promise<JpegHeader> {
  const notes: Notes = { orientation: 1, adobe: false, profile: undefined };
  let at = 2;
  for (let count = 0; count < MOST_SEGMENTS; count++) {
    const head = await source.bytes(at, 4);
    const marker = head.readUInt8(1);
    if (head[0] !== 0xff) break;
    if (marker === 0xff) {
      at += 1; // filled up
      continue;
    }
    const length = head.readUInt16BE(2);
    if (length < 2) break;
    if (isFrame(marker)) return { ...frame(await source.bytes(at + 4, 6), marker - 0xc0), ...notes };
    await note(notes, marker, source.part(at + 4, length - 2));
    at += 2 + length;
  }
  throw new Malformed('it has no frame');
}

async function note(notes: Notes, marker: number, content: ByteSource): Promise<void> {
  const begins = async (word: string): Promise<boolean> =>
    content.length >= word.length + 8 && (await content.latin1(0, word.length)) === word;
  if (marker === 0xe1 && (await begins(EXIF))) notes.orientation = await readExif(content.part(6, content.length - 6));
  // The first part of a profile, which may be in several.
  if (marker === 0xe2 && (await begins(ICC)) && (await content.bytes(12, 1)).readUInt8() === 1)
    notes.profile = await readProfile(content.part(14, content.length - 14));
  if (marker === 0xee && content.length >= 12 && (await content.latin1(0, ADOBE.length)) === ADOBE) notes.adobe = true;
}

/** SOF0 to SOF15, without the three of these numbers that are something else. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

function frame(bytes: Buffer, process: number) {
  const size = { width: bytes.readUInt16BE(3), height: bytes.readUInt16BE(1) };
  if (size.width === 0 || size.height === 0) throw new Malformed('it has no size');
  return { format: 'jpeg', ...size, bits: bytes.readUInt8(0), components: bytes.readUInt8(5), process } as const;
}
