import { join } from 'node:path';
import type { Program, Variables } from '../children/limits.ts';
import type { Dimensions } from '../shared/dimensions.ts';
import { pyramidOf } from '../shared/pyramid.ts';
import type { PageSource } from '../shared/source.ts';
import { operationsOf, type Operation } from './operations.ts';

/** How pictures are made, for all of them. */
export type Manner = {
  /** Of JPEG, 1 to 100. */
  readonly quality: number;
  /** At which the pages of a PDF are drawn. */
  readonly dotsPerInch: number;
};

/** Paths of the master (as the children have it), of what is made of it, and of what is made between. */
export type Files = { readonly master: string; readonly made: string; readonly between: string };

/**
 * What makes the pyramid of a page: pipes of programs, one after the other (nearly always one; and that of one program, when
 * the colours are right already). Each program is `vips` with one operation; what it hands on has no compression.
 *
 * The first program cannot start a loader that libvips does not call safe (SVG, ImageMagick, OpenSlide, …:
 * `VIPS_BLOCK_UNTRUSTED`); or it is the loader itself, by its name: of JPEG 2000 and PDF always, and else when one of those
 * loaders puts itself before the right one (`isByName`), which costs a program more.
 */
export function stepsOf(source: PageSource, manner: Manner, files: Files, isByName = false): Pipe[] {
  if (source.apart) {
    const together = ['-c', 'none', '-p', 'contig', `${files.master},${source.page}`, files.between];
    const whole = { ...source, page: 0, apart: false };
    return [
      [{ program: 'tiffcp', args: together }],
      ...stepsOf(whole, manner, { ...files, master: files.between, between: secondBetween(files.between) }, isByName),
    ];
  }
  // libvips 8.16 takes RGB of floating numbers for light (scRGB), and would convert it when it hands it on, but not to TIFF.
  const [scaling] = operationsOf(source);
  if (source.numbers === 'float' && source.colour === 'rgb' && scaling) {
    const whole: PageSource = { ...source, page: 0, numbers: 'unsigned', bits: 8, profile: undefined };
    const args = [scaling.name, opening(source, manner, files), files.between, ...scaling.args];
    return [
      [{ program: 'vips', args, variables: variables({ isBlocked: true, computes: true }) }],
      pipeOf(whole, manner, { ...files, master: files.between }, isByName),
    ];
  }
  return [pipeOf(source, manner, files, isByName)];
}

/** Where there are two steps before the last one. */
export function secondBetween(between: string): string {
  return `${between}.8.tif`;
}

type Pipe = [Program, ...Program[]];

function pipeOf(source: PageSource, manner: Manner, files: Files, isByName: boolean): Pipe {
  const hasName = isByName || source.loader === 'jp2kload' || source.loader === 'pdfload';
  const opened = hasName ? files.master : opening(source, manner, files);
  const made = `${files.made}[${form(manner).join(',')}]`;
  const stages = [...(hasName ? [loaded(source, manner)] : []), ...operationsOf(source), ...extended(source)];
  const programs = stages.map((stage, index): Program => {
    if (stage === 'extend') return extension(source);
    const { name, args } = stage;
    const to = index === stages.length - 1 ? made : between(stages.slice(index + 1));
    const from = index === 0 ? opened : 'stdin';
    const how = { isBlocked: index === 0 && !hasName, computes: name !== 'embed' && name !== 'copy' };
    return { program: 'vips', args: [name, from, to, ...args], variables: variables(how) };
  });
  return programs as Pipe;
}

function opening(source: PageSource, manner: Manner, { master }: Files): string {
  return `${master}[${optionsOf(source, manner)
    .map((option) => option.join('='))
    .join(',')}]`;
}

/** An operation of libvips, or our own program that continues a picture. */
type Stage = Operation | 'extend';

/** A cut file is no picture, and better none than half of one. */
const FAIL_ON = 'truncated';

/** What its loader is told of a page. */
function optionsOf({ loader, page }: PageSource, { dotsPerInch }: Manner): [option: string, value: string][] {
  const hasPages = loader !== 'jpegload' && loader !== 'pngload' && loader !== 'jp2kload';
  const options: Record<string, string | undefined> = {
    page: hasPages ? String(page) : undefined,
    dpi: loader === 'pdfload' ? String(dotsPerInch) : undefined,
    'fail-on': FAIL_ON,
  };
  return Object.entries(options).flatMap(([option, value]) => (value === undefined ? [] : [[option, value]]));
}

function loaded(source: PageSource, manner: Manner): Operation {
  const options = optionsOf(source, manner).flatMap(([option, value]) => [`--${option}`, value]);
  return { name: source.loader, args: ['--access', 'sequential', ...options] };
}

/** PPM and PGM are the fastest to write and to read; PNG keeps alpha and profile where they are still needed. */
function between(later: readonly Stage[]): string {
  return later.some((stage) => stage !== 'extend' && stage.needs !== undefined)
    ? '.png[compression=0]'
    : '.pnm[background=255]';
}

const COPY: Operation = { name: 'copy', args: [] };

/** Continued to whole blocks; what is so already is only written. */
function extended(source: PageSource): Stage[] {
  const upright = uprightSize(source);
  const { width, height } = wholeBlocks(upright);
  if (width === upright.width && height === upright.height) return [COPY];
  if (width * height * 3 > IN_MEMORY) return [...(operationsOf(source).length === 0 ? [COPY] : []), 'extend', COPY];
  return [{ name: 'embed', args: ['0', '0', String(width), String(height), '--extend', 'copy'] }];
}

function extension(source: PageSource): Program {
  const { width, height } = wholeBlocks(uprightSize(source));
  const script = join(import.meta.dirname, 'extend.ts');
  return { program: process.execPath, args: [script, String(width), String(height)] };
}

function wholeBlocks(size: Dimensions): Dimensions {
  return pyramidOf(size).levels[0] ?? size;
}

/** Of the picture when it is upright, pixels. */
export function uprightSize({ width, height, orientation }: PageSource): Dimensions {
  return orientation >= 5 ? { width: height, height: width } : { width, height };
}

/** One canonical form: see `pyramidOf`. */
function form({ quality }: Manner): string[] {
  return tiledForm(quality, 'pyramid');
}

/** Of all that is written for an image server. */
export function tiledForm(quality: number, ...more: string[]): string[] {
  return ['tile', ...more, 'tile_width=512', 'tile_height=512', 'compression=jpeg', `Q=${quality}`, 'strip'];
}

/** Bytes of a picture that may be in memory when all of it has to be; larger ones flow, or (turned) lie in a scratch file. */
const IN_MEMORY = 300e6;

/**
 * Threads of libvips, beside the one that decodes or encodes: two for an operation that computes, one for one that only
 * moves pixels, which more would only cost.
 */
const THREADS = { computes: '2', moves: '1' };

function variables({ isBlocked, computes }: { isBlocked: boolean; computes: boolean }): Variables {
  return {
    VIPS_DISC_THRESHOLD: String(IN_MEMORY),
    VIPS_CONCURRENCY: computes ? THREADS.computes : THREADS.moves,
    // Large pages for large pictures: a twentieth of all time goes into the small ones.
    GLIBC_TUNABLES: 'glibc.malloc.hugetlb=1',
    ...(isBlocked ? {} : { VIPS_BLOCK_UNTRUSTED: undefined }),
  };
}
