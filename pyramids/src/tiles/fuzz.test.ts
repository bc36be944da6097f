import fc from 'fast-check';
import { test } from 'vitest';
import { briefly } from '../../test/fuzz/briefly.ts';
import { cutting, reading } from '../../test/fuzz/tiles.ts';

test('a JPEG with anything wrong in it is cut right, or it is told why not', () => {
  fc.assert(cutting, briefly);
});

test('a TIFF with anything wrong in it is read, or it is told why not', async () => {
  await fc.assert(reading, briefly);
});
