import { z } from 'zod';

/** What the service `pyramids` answers. Whatever else it says is taken for no answer at all. */

const pixels = z.int().min(1);
const dimensions = z.object({ width: pixels, height: pixels });
const page = z.object({
  ...dimensions.shape,
  form: z.enum(['fit', 'made']),
  tile: dimensions,
  levels: z.array(dimensions).min(1),
  native: z.boolean(),
});
const pages = z.tuple([page], page);
const words = z.string();
const why = { reason: words, remedy: words };

const facts = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('picture'), pages }),
  /** As long as the file is as it is. */
  z.object({ kind: z.literal('unsuitable'), ...why }),
  /** For now. */
  z.object({ kind: z.literal('unreadable'), ...why }),
]);

/** Of each master that was asked about, in the same order. */
export const factsAnswer = z.object({ facts: z.array(facts) });

/** Where a page lies in the volume of the image servers. It becomes a part of a path, so nothing else will do. */
const source = z.string().regex(/^[0-9a-f]{2}\/[0-9a-f]{62}-\d{1,6}\.(?:tif|jp2)$/);
/** A copy of the page with fewer pixels, of which the image server draws whole pictures. */
const reduced = z.object({
  ...dimensions.shape,
  source: z.string().regex(/^[0-9a-f]{2}\/[0-9a-f]{62}-\d{1,6}\.reduced\.tif$/),
});

export const readyAnswer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready'), source, native: z.boolean(), reduced: reduced.optional() }),
  /** It takes longer than was waited. */
  z.object({ kind: z.literal('making') }),
  z.object({ kind: z.literal('failed'), ...why }),
  /** No room, or the file cannot be reached. */
  z.object({ kind: z.literal('unavailable'), reason: words }),
]);

const count = z.number().min(0);

/** How it stands with what is made. */
export const statusAnswer = z.object({
  /** Pages that wait or are being made, by the folders that their files really lie in (`/` between the parts). */
  waiting: z.record(z.string(), count),
  /** Pages (from 0) that could not be made. */
  failed: z.array(z.object({ path: words, page: count, ...why })),
  /** Until nothing waits; left out as long as nothing was made. */
  secondsLeft: count.optional(),
  /** What all pyramids take, and what is left for them. */
  bytes: count,
  room: count,
});

/** What is kept of a file between two starts. */
export const keptPages = pages;

/** A picture of a file: pixels upright, and how they are stored; `made`: by the service, else the file itself (`fit`). */
export type Page = z.output<typeof page>;
export type Pages = z.output<typeof pages>;
export type Facts = z.output<typeof facts>;
export type Status = z.output<typeof statusAnswer>;
export type Ready = z.output<typeof readyAnswer>;
