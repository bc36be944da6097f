// Headers that no program would write: whatever the bytes are, the answer is a value, soon, and few bytes are read for it.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { files, headers, starts } from '../../test/fuzz/headers.ts';
import { briefly } from '../../test/fuzz/briefly.ts';
import { read } from '../../test/support/reading.ts';
import { BUDGET } from './source.ts';

it('a file with anything wrong in it, and noise', async () => {
  await fc.assert(headers, briefly);
});

it('a file of zeros without end behind each beginning', async () => {
  for (const start of [...starts, ...files.map((file) => file.toString('latin1'))]) {
    const { cost } = await read(Buffer.from(start, 'latin1'), 2 ** 45);
    expect(cost.bytes).toBeLessThanOrEqual(BUDGET);
  }
});
