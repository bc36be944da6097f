import { z } from 'zod';

const about = { path: z.string(), state: z.string(), page: z.int().min(0) };

const size = { width: z.int().min(1), height: z.int().min(1) };
const note = z.strictObject({ ...about, ...size, madeAt: z.string() });
const failure = z.strictObject({ ...about, edition: z.int(), reason: z.string(), remedy: z.string() });

/**
 * Of what a page was made, so that it can be removed when that is gone, and how large (pixels): pages of a PDF have another
 * size when they are to be drawn finer. `madeAt`: ISO 8601.
 */
export type Note = Readonly<z.output<typeof note>>;

/** Why a page was not made, by which edition of the maker: a later one tries again. */
export type FailureNote = Readonly<z.output<typeof failure>>;

/** @returns undefined for what is no note, as a disk that was full may have left it */
export function readNote(text: string): Note | undefined {
  return parse(note, text);
}

export function readFailure(text: string): FailureNote | undefined {
  return parse(failure, text);
}

function parse<T>(kind: z.ZodType<T>, text: string): T | undefined {
  try {
    return kind.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
