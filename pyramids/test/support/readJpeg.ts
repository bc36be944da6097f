/** The values of a JPEG's blocks, by unit (row, column): for each block of it `colour: first value, other values`. */
export type JpegValues = { width: number; height: number; units: string[][] };

/**
 * Reads a baseline JPEG in one scan, bit by bit and without any care for speed or damage: what a test compares with.
 * Throws an error where it is not as it has to be, in its length too.
 */
export function readJpeg(jpeg: Buffer): JpegValues {
  const tables = new Map<number, Map<string, number>>();
  let frame: Buffer = Buffer.alloc(0);
  let restart = 0;
  let at = 2;
  for (;;) {
    const marker = jpeg.readUInt16BE(at);
    const end = at + 2 + jpeg.readUInt16BE(at + 2);
    const body = jpeg.subarray(at + 4, end);
    at = end;
    if (marker === 0xffc4) readTables(body, tables);
    if (marker === 0xffc0) frame = body;
    if (marker === 0xffdd) restart = body.readUInt16BE();
    if (marker === 0xffda) return readScan(frame, body, tables, restart, partsOf(jpeg.subarray(end)));
  }
}

function readTables(body: Buffer, tables: Map<number, Map<string, number>>): void {
  for (let at = 0; at < body.length;) {
    const table = new Map<string, number>();
    let [code, index] = [0, at + 17];
    for (let length = 1; length <= 16; length++, code *= 2)
      for (let count = body.readUInt8(at + length); count > 0; count--)
        table.set((code++).toString(2).padStart(length, '0'), body.readUInt8(index++));
    tables.set(body.readUInt8(at), table);
    at = index;
  }
}

/** The bits from one restart to the next. */
function partsOf(data: Buffer): string[] {
  const parts = [''];
  for (let at = 0; ; at++) {
    const byte = data.readUInt8(at);
    const next = byte === 0xff ? data.readUInt8(++at) : 0;
    if (next === 0) parts.push((parts.pop() ?? '') + byte.toString(2).padStart(8, '0'));
    else if (next >= 0xd0 && next <= 0xd7) parts.push('');
    else if (next === 0xd9 && at === data.length - 1) return parts;
    else throw new Error(`a marker ${next} that does not belong there`);
  }
}

function readScan(
  frame: Buffer,
  scan: Buffer,
  tables: Map<number, Map<string, number>>,
  restart: number,
  parts: string[],
) {
  const [height, width, count] = [frame.readUInt16BE(1), frame.readUInt16BE(3), frame.readUInt8(5)];
  const colours = Array.from({ length: count }, (_, index) => {
    const sampling = frame.readUInt8(7 + 3 * index);
    const [h, v] = count === 1 ? [1, 1] : [sampling >> 4, sampling & 15];
    const numbers = scan.readUInt8(2 + 2 * index);
    return { h, v, dc: tables.get(numbers >> 4), ac: tables.get(16 + (numbers & 15)), last: 0 };
  });
  let bits = parts.shift() ?? '';
  let at = 0;
  const symbol = (table: Map<string, number> | undefined): number => {
    for (let length = 1; length <= 16; length++) {
      const found = table?.get(bits.slice(at, at + length));
      if (found === undefined) continue;
      at += length;
      return found;
    }
    throw new Error('no such code');
  };
  const value = (length: number): number => {
    const text = bits.slice(at, (at += length));
    if (text.length < length) throw new Error('it ends too early');
    return length === 0 ? 0 : parseInt(text, 2) - (text.startsWith('1') ? 0 : 2 ** length - 1);
  };
  const atEnd = () => bits.length - at < 8 && !bits.slice(at).includes('0');
  const [across, down] = [Math.max(...colours.map(({ h }) => h)), Math.max(...colours.map(({ v }) => v))];
  let number = 0;
  const units = Array.from({ length: Math.ceil(height / (8 * down)) }, () =>
    Array.from({ length: Math.ceil(width / (8 * across)) }, () => {
      if (restart && number > 0 && number % restart === 0) {
        if (!atEnd()) throw new Error('more than is needed before a restart');
        bits = parts.shift() ?? '';
        at = 0;
        for (const colour of colours) colour.last = 0;
      }
      number += 1;
      return colours
        .flatMap((colour, index) =>
          Array.from({ length: colour.h * colour.v }, () => {
            colour.last += value(symbol(colour.dc));
            const rest: number[] = [];
            while (rest.length < 63) {
              const code = symbol(colour.ac);
              if (code === 0) break;
              rest.push(...Array<number>(code >> 4).fill(0), value(code & 15));
            }
            return `${index}: ${colour.last}, ${rest.join(' ')}`;
          }),
        )
        .join('; ');
    }),
  );
  if (!atEnd() || parts.length > 0) throw new Error('more than is needed');
  return { width, height, units };
}
