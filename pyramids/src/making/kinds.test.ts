import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  coloursOf,
  converted,
  expectNear,
  file,
  folder,
  madeOf,
  newName,
  useFolder,
} from '../../test/support/conversions.ts';
import {
  COLOURS,
  HEIGHT,
  inverted,
  onWhite,
  rgb,
  tiff,
  u16,
  u8,
  withAlpha,
  type Colour,
} from '../../test/support/quarters.ts';
import type { PageSource } from '../shared/source.ts';

useFolder();

const INK: readonly Colour[] = [
  [0, 0, 0, 0],
  [0, 0, 0, 255],
  [0, 255, 255, 0],
  [255, 0, 0, 0],
];

describe('CMYK without a profile is ink on paper', () => {
  const cmyk: PageSource = { ...rgb, colour: 'cmyk', samples: 4 };
  const content = (): Buffer => tiff(u8(INK), 5, 8, 4);
  function expectInk([white = [], black = [], red = [], cyan = []]: Colour[]): void {
    expect(Math.min(...white)).toBeGreaterThan(250);
    expect(Math.max(...black)).toBeLessThan(60);
    expect([(red[0] ?? 0) > 180, (red[2] ?? 255) < 80]).toEqual([true, true]);
    expect([(cyan[0] ?? 255) < 60, (cyan[2] ?? 0) > 180]).toEqual([true, true]);
  }
  test('TIFF', async () => {
    expectInk(await coloursOf(file(content()), cmyk));
  });
  test('TIFF with a sample of no meaning', async () => {
    const path = file(tiff(u8(INK.map((ink) => [...ink, 99])), 5, 8, 5, { 338: [0] }));
    expectInk(await coloursOf(path, { ...cmyk, samples: 5 }));
  });
  test('TIFF of 16 bits with alpha', async () => {
    const path = file(tiff(u16(INK.map((ink) => [...ink, 255])), 5, 16, 5, { 338: [2] }));
    expectInk(await coloursOf(path, { ...cmyk, bits: 16, samples: 5, alpha: 'plain' }));
  });
  test('JPEG of Adobe, which is inverted', async () => {
    const path = converted(content(), '.jpg[Q=100]');
    expect(readFileSync(path).includes('Adobe')).toBe(true);
    expectInk(await coloursOf(path, { ...cmyk, loader: 'jpegload' }));
  });
});

describe('ICC profiles', () => {
  test.each<[string, PageSource, () => Buffer, readonly Colour[]]>([
    ['RGB', rgb, () => tiff(u8(COLOURS), 2, 8, 3), COLOURS],
    ['RGB of 16 bits', { ...rgb, bits: 16 }, () => tiff(u16(COLOURS), 2, 16, 3), COLOURS],
    [
      'RGB with alpha',
      { ...rgb, samples: 4, alpha: 'plain' },
      () => tiff(u8(withAlpha(COLOURS)), 2, 8, 4, { 338: [2] }),
      onWhite(COLOURS),
    ],
    [
      'RGB with alpha of 16 bits',
      { ...rgb, bits: 16, samples: 4, alpha: 'plain' },
      () => tiff(u16(withAlpha(COLOURS)), 2, 16, 4, { 338: [2] }),
      onWhite(COLOURS),
    ],
  ])('%s: the colours that the numbers mean', async (_, source, content, wanted) => {
    const [plain, tagged] = [file(content(), '.tif'), join(folder(), `${newName()}.tif`)];
    // libvips' own profile of another space: what it turns into that is turned back by us.
    execFileSync(
      'vips',
      ['icc_transform', plain, tagged, 'p3', '--input-profile', 'srgb', '--depth', String(source.bits)],
      { stdio: 'pipe' },
    );
    expect(execFileSync('vips', ['getpoint', tagged, '5', '5']).toString().trim()).not.toMatch(/^200 30 40/);
    expectNear(await coloursOf(tagged, { ...source, profile: 'other' }), wanted, 6);
  });
});

describe('upright', () => {
  const [a = [], b = [], c = [], d = []] = COLOURS;
  test.each<[number, readonly Colour[]]>([
    [2, [b, a, d, c]],
    [3, [d, c, b, a]],
    [4, [c, d, a, b]],
    [5, [a, c, b, d]],
    [6, [c, a, d, b]],
    [7, [d, b, c, a]],
    [8, [b, d, a, c]],
  ])('orientation %d', async (orientation, wanted) => {
    const path = file(tiff(u8(COLOURS), 2, 8, 3, { 274: [orientation] }));
    const source = { ...rgb, orientation };
    expectNear(await coloursOf(path, source), wanted);
  });
  test('nothing says any more that it should be turned', async () => {
    const outcome = await madeOf(file(tiff(u8(COLOURS), 2, 8, 3, { 274: [6] })), { ...rgb, orientation: 6 });
    const told = execFileSync('tiffinfo', [outcome.kind === 'made' ? outcome.path : '']).toString();
    expect(told).toMatch(/Orientation: row 0 top, col 0 lhs/);
    expect(told).not.toMatch(/Orientation: row 0 (?!top, col 0 lhs)/);
  });
});

describe('other formats', () => {
  test.each<[string, Partial<PageSource>, readonly Colour[], boolean]>([
    ['.jpg[Q=100]', { loader: 'jpegload' }, COLOURS, false],
    ['.png', { loader: 'pngload' }, COLOURS, false],
    ['.png', { loader: 'pngload', alpha: 'plain', samples: 4 }, onWhite(COLOURS), true],
    ['.webp[lossless]', { loader: 'webpload', alpha: 'plain', samples: 4 }, onWhite(COLOURS), true],
    ['.gif', { loader: 'gifload', colour: 'palette', samples: 1 }, COLOURS, false],
    ['.jp2[lossless]', { loader: 'jp2kload' }, COLOURS, false],
    ['.jp2[lossless]', { loader: 'jp2kload', alpha: 'plain', samples: 4 }, onWhite(COLOURS), true],
    ['.heic[lossless]', { loader: 'heifload' }, COLOURS, false],
  ])('%s %o', async (ending, differs, wanted, hasAlpha) => {
    const content = hasAlpha ? tiff(u8(withAlpha(COLOURS)), 2, 8, 4, { 338: [2] }) : tiff(u8(COLOURS), 2, 8, 3);
    expectNear(await coloursOf(converted(content, ending), { ...rgb, ...differs }), wanted, 6);
  });

  test('a GIF in which nothing is transparent', async () => {
    const gif = converted(tiff(u8(COLOURS), 2, 8, 3), '.gif');
    const content = readFileSync(gif);
    const control = content.indexOf(Buffer.from([0x21, 0xf9, 0x04]));
    content.writeUInt8(content.readUInt8(control + 3) & 0xfe, control + 3);
    writeFileSync(gif, content);
    expect(execFileSync('vipsheader', ['-f', 'bands', gif]).toString().trim()).toBe('3');
    expectNear(await coloursOf(gif, { ...rgb, loader: 'gifload', colour: 'palette', samples: 1 }), COLOURS, 6);
  });

  test('a page of a PDF, on white', async () => {
    const drawing = `1 0 0 rg 0 24 40 24 re f`;
    const page = (n: number): string =>
      `${n} 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 80 48]/Contents ${n + 2} 0 R>>endobj\n`;
    const stream = (n: number, text: string): string =>
      `${n} 0 obj<</Length ${text.length}>>stream\n${text}\nendstream endobj\n`;
    const objects = [
      '1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n',
      '2 0 obj<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>endobj\n',
      page(3),
      page(4),
      stream(5, ''),
      stream(6, drawing),
    ];
    const path = file(`%PDF-1.4\n${objects.join('')}trailer<</Root 1 0 R/Size 7>>\n%%EOF\n`);
    const white = [255, 255, 255];
    expectNear(await coloursOf(path, { ...rgb, loader: 'pdfload', page: 1 }), [[255, 0, 0], white, white, white]);
  });

  test('a page of a GIF', async () => {
    const [first, second] = [
      file(tiff(u8(COLOURS), 2, 8, 3), '.tif'),
      file(tiff(u8(inverted(COLOURS)), 2, 8, 3), '.tif'),
    ];
    const [both, gif] = [join(folder(), `${newName()}.tif`), join(folder(), `${newName()}.gif`)];
    execFileSync('vips', ['arrayjoin', `${first} ${second}`, both, '--across', '1']);
    execFileSync('vips', ['gifsave', both, gif, '--page-height', String(HEIGHT)]);
    expectNear(await coloursOf(gif, { ...rgb, loader: 'gifload', colour: 'palette', page: 1 }), inverted(COLOURS), 6);
  });
});

// There and back through Lab, libvips' tables move the dark parts of full colours by up to 8.
test('Lab of 16 bits, which libvips writes with a sign', async () => {
  const [colours, lab] = [file(tiff(u8(COLOURS), 2, 8, 3)), join(folder(), newName())];
  execFileSync('vips', [
    'icc_import',
    colours,
    `${lab}.v`,
    '--input-profile',
    'srgb',
    '--pcs',
    'lab',
    '--intent',
    'perceptual',
  ]);
  execFileSync('vips', ['Lab2LabS', `${lab}.v`, `${lab}.tif`]);
  expectNear(await coloursOf(`${lab}.tif`, { ...rgb, colour: 'lab', bits: 16, numbers: 'signed' }), COLOURS, 10);
});
