import { describe, expect, it } from 'vitest';
import { sizes2 } from './image2/size.ts';
import { sizes3 } from './image3/size.ts';
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
            const parsed = parseImageRequest([region, size, rotation, last], sizes2);
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
      expect(parseImageRequest(parts, sizes2).ok, parts.join('/')).toBe(false);
    }
  });

  it('refuses too few and too many parts', () => {
    expect(parseImageRequest([], sizes2).ok).toBe(false);
    expect(parseImageRequest(['full', 'max', '0'], sizes2).ok).toBe(false);
    expect(parseImageRequest(['full', 'max', '0', 'default.jpg', ''], sizes2).ok).toBe(false);
  });

  it('gives the parts as values', () => {
    expect(parseImageRequest(['1,2,3,4', '!5,6', '!360', 'gray.jpg'], sizes2)).toEqual({
      ok: true,
      value: {
        region: { kind: 'pixels', x: 1, y: 2, w: 3, h: 4 },
        size: { kind: 'within', w: 5, h: 6 },
        upscaling: true,
        rotation: { degrees: 0, mirrored: true },
        quality: 'gray',
        format: 'jpg',
      },
    });
  });
});

describe('the size part of version 3', () => {
  const read = (size: string) => {
    const parsed = parseImageRequest(['full', size, '0', 'default.jpg'], sizes3);
    return parsed.ok ? [parsed.value.size, parsed.value.upscaling] : undefined;
  };

  it.each([
    ['max', { kind: 'max' }, false],
    ['^max', { kind: 'upscaled max' }, true],
    ['200,', { kind: 'width', w: 200 }, false],
    ['^200,', { kind: 'width', w: 200 }, true],
    ['%5E,200', { kind: 'height', h: 200 }, true],
    ['pct:50', { kind: 'percent', n: 50 }, false],
    ['^pct:150', { kind: 'percent', n: 150 }, true],
    ['10,20', { kind: 'exact', w: 10, h: 20 }, false],
    ['^!10,20', { kind: 'within', w: 10, h: 20 }, true],
  ])('reads %s', (text, size, upscaling) => {
    expect(read(text)).toEqual([size, upscaling]);
  });

  it.each(['full', '^full', '^', '^^max', '!^10,20', '^!max', ''])('refuses %j', (text) => {
    expect(read(text)).toBeUndefined();
  });
});
