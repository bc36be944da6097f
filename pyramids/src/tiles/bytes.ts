/** What a file is not, or holds that it must not; in words for the log. Thrown and caught within this room. */
export class Malformed extends Error {
  override readonly name = 'Malformed';
}

/** The bytes of a file, at any place. */
export type Bytes = {
  readonly length: number;
  /** Fills all of the buffer with the bytes from there on. Rejects with `Malformed` where the file ends too early. */
  fill(buffer: Buffer, at: number): Promise<void>;
};

/** Exactly so many bytes from there. Throws `Malformed`. */
export async function bytesAt(file: Bytes, at: number, length: number): Promise<Buffer> {
  checkPlace(file, at, length);
  const buffer = Buffer.allocUnsafe(length);
  await file.fill(buffer, at);
  return buffer;
}

/** Throws `Malformed` unless so many bytes from there are in the file. */
export function checkPlace(file: Bytes, at: number, length: number): void {
  if (!Number.isSafeInteger(at) || at < 0 || at + length > file.length) throw new Malformed('it ends too early');
}
