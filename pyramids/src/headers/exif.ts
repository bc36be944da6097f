import { Malformed, type ByteSource } from './source.ts';
import { readStart } from './tiffStart.ts';
import { readOrientation } from './tiffTags.ts';

/** The orientation in an EXIF block. What nobody can read says nothing: programs that show pictures pass it over too. */
export async function readExif(exif: ByteSource): Promise<number> {
  try {
    const { layout, first } = await readStart(exif);
    return await readOrientation(exif, first, layout);
  } catch (error) {
    if (error instanceof Malformed) return 1;
    throw error;
  }
}
