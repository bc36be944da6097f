import { describe, expect, it } from 'vitest';
import { canonicalParameters, type Settled } from './canonical.ts';

const image = { width: 6000, height: 4000 };
const whole = { x: 0, y: 0, ...image };
const settled: Settled = {
  image,
  region: whole,
  size: { width: 600, height: 400 },
  max: image,
  rotation: { degrees: 0, mirrored: false },
  quality: 'default',
  format: 'jpg',
};
const part = { x: 10, y: 20, width: 300, height: 201 };

describe('the canonical address of a picture', () => {
  it.each<[Partial<Settled>, string, string]>([
    [{}, 'full/600,/0/default.jpg', 'full/600,400/0/default.jpg'],
    [{ size: image }, 'full/full/0/default.jpg', 'full/max/0/default.jpg'],
    [{ size: { width: 5000, height: 3333 }, max: { width: 5000, height: 3333 } }, 'full/5000,/0/', 'full/max/0/'],
    [{ size: { width: 600, height: 300 } }, 'full/600,300/0/', 'full/600,300/0/'],
    [
      { region: part, size: { width: 150, height: 101 }, max: part },
      '10,20,300,201/150,/0/',
      '10,20,300,201/150,101/0/',
    ],
    [{ region: part, size: part, max: part }, '10,20,300,201/full/0/', '10,20,300,201/max/0/'],
    [{ region: part, size: { width: 600, height: 402 }, max: part }, '/600,/0/', '/^600,402/0/'],
    [{ rotation: { degrees: 90, mirrored: true } }, 'full/600,/!90/', 'full/600,400/!90/'],
    [{ quality: 'color', format: 'png' }, '/0/default.png', '/0/default.png'],
    [{ quality: 'gray' }, '/0/gray.jpg', '/0/gray.jpg'],
  ])('of %o', (more, two, three) => {
    expect(canonicalParameters(2, { ...settled, ...more })).toContain(two);
    expect(canonicalParameters(3, { ...settled, ...more })).toContain(three);
  });
});
