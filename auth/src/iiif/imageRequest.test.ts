import { describe, expect, it } from 'vitest';
import { parseImageRequest } from './imageRequest.ts';

const regions = ['full', 'square', '0,0,10,10', 'pct:0,0,50,50', 'pct:10.5,0,33.3,12.25', '12%2C0%2C5%2C5'];
const sizes = ['full', 'max', '200,', ',200', 'pct:50', 'pct:12.5', '200,100', '!200,100', '%21200,100'];
const rotations = ['0', '90', '180', '270', '360', '!0', '!180', '90.0'];
const lasts = ['default.jpg', 'color.jpg', 'gray.png', 'bitonal.webp'];

describe('parseImageRequest', () => {
  it('reads every legal combination of the grammar', () => {
    for (const region of regions)
      for (const size of sizes)
        for (const rotation of rotations)
          for (const last of lasts) {
            const parsed = parseImageRequest([region, size, rotation, last]);
            expect(parsed.ok, [region, size, rotation, last].join('/')).toBe(true);
          }
  });

  it.each([
    [
      'region',
      [
        '',
        'ful',
        'FULL',
        '1,2,3',
        '1,2,3,4,5',
        '-1,0,5,5',
        '1.5,0,5,5',
        'pct:1,2,3',
        'pct:-1,0,5,5',
        'NaN,0,1,1',
        '1e3,0,1,1',
        '1234567890,0,1,1',
        ' 0,0,1,1',
        'full%20',
      ],
    ],
    [
      'size',
      [
        '',
        ',',
        'ful',
        '^max',
        '^200,',
        '-5,',
        '1.5,',
        'pct:',
        'pct:-1',
        '!200,',
        '!,200',
        '200',
        '1234567890,',
        '200,100,',
        'max;',
      ],
    ],
    ['rotation', ['', '45', '22.5', '-90', '!', '90!', '0x5A', '450', 'NaN']],
    [
      'last',
      [
        '',
        'default',
        'default.',
        '.jpg',
        'native.jpg',
        'grey.jpg',
        'default.JPG',
        'default.jpg&FIF=x',
        'default.jpg%26FIF=x',
        'default.jpg;x',
        'default.jpg%00',
      ],
    ],
  ])('refuses a wrong %s', (part, wrong) => {
    const good = ['full', 'max', '0', 'default.jpg'];
    const index = ['region', 'size', 'rotation', 'last'].indexOf(part);
    for (const text of wrong) {
      const parts = good.with(index, text);
      expect(parseImageRequest(parts).ok, parts.join('/')).toBe(false);
    }
  });

  it('refuses too few and too many parts', () => {
    expect(parseImageRequest([]).ok).toBe(false);
    expect(parseImageRequest(['full', 'max', '0']).ok).toBe(false);
    expect(parseImageRequest(['full', 'max', '0', 'default.jpg', '']).ok).toBe(false);
  });

  it('gives the parts as values', () => {
    expect(parseImageRequest(['1,2,3,4', '!5,6', '!360', 'gray.jpg'])).toEqual({
      ok: true,
      value: {
        region: { kind: 'pixels', x: 1, y: 2, w: 3, h: 4 },
        size: { kind: 'within', w: 5, h: 6 },
        rotation: { degrees: 0, mirrored: true },
        quality: 'gray',
        format: 'jpg',
      },
    });
  });
});
