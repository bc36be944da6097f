import { readHeader } from '../../src/headers/read.ts';
import { ByteSource } from '../../src/headers/source.ts';
import type { Header } from '../../src/headers/header.ts';

/** Reads the header of a file in memory, and counts what that costs; `length`: bytes that the file has, zeros at its end. */
export async function read(bytes: Buffer, length = bytes.length) {
  const cost = { bytes: 0, reads: 0 };
  const source = new ByteSource(length, (at, count) => {
    cost.bytes += count;
    cost.reads += 1;
    return bytes.subarray(at, at + count);
  });
  return { reading: await readHeader(source), cost };
}

/** The header of a file in memory, which has to have one of this format. */
export async function headerOf<Format extends Header['format']>(
  bytes: Buffer,
  format: Format,
): Promise<Extract<Header, { format: Format }>> {
  const { reading } = await read(bytes);
  if (reading.kind !== 'header' || reading.header.format !== format) throw new Error(JSON.stringify(reading));
  return reading.header as Extract<Header, { format: Format }>;
}
