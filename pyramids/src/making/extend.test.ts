import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';

const SCRIPT = join(import.meta.dirname, 'extend.ts');

function extend(input: Buffer, width: number, height: number) {
  return spawnSync(process.execPath, [SCRIPT, String(width), String(height)], { input, maxBuffer: 1e8 });
}

test('the last pixel of each row and the last row are repeated', () => {
  const side = fc.integer({ min: 1, max: 1500 });
  const more = fc.integer({ min: 0, max: 40 });
  fc.assert(
    fc.property(side, side, more, more, fc.constantFrom(1, 3), (width, height, right, below, bands) => {
      const pixels = Buffer.from(Array.from({ length: width * height * bands }, (_, n) => (n * 7919) % 251));
      const start = `${bands === 3 ? 'P6' : 'P5'}\n#a note\n${width} ${height}\n255\n`;
      const { stdout } = extend(Buffer.concat([Buffer.from(start), pixels]), width + right, height + below);
      const rows = Array.from({ length: height + below }, (_, y) => {
        const row = pixels.subarray(Math.min(y, height - 1) * width * bands).subarray(0, width * bands);
        return [row, ...Array<Buffer>(right).fill(row.subarray(-bands))];
      });
      const header = Buffer.from(`${bands === 3 ? 'P6' : 'P5'}\n${width + right} ${height + below}\n255\n`);
      return Buffer.concat([header, ...rows.flat()]).equals(stdout);
    }),
    { numRuns: 8 },
  );
}, 120_000);

test('half a picture is none', () => {
  expect(extend(Buffer.from('P5\n4 4\n255\n12345'), 16, 16).status).not.toBe(0);
  expect(extend(Buffer.from('P5\n4 4\n65535\n12345'), 16, 16).status).not.toBe(0);
  expect(extend(Buffer.alloc(0), 16, 16).status).not.toBe(0);
});
