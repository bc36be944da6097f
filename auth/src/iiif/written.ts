/**
 * A document as it is written: `frame` is all of it but the members of its one long list, which stands in it empty, as
 * the last value of all. A document without such a list has no members.
 */
export type Written = { readonly frame: object; readonly members: () => Iterable<object> };

/** Members in one piece: what is made without a pause. */
export const TOGETHER = 50;

/** The JSON of a document, piece by piece: a large one is never in memory as a whole. */
export function* piecesOf({ frame, members }: Written): Generator<string, void> {
  const text = JSON.stringify(frame);
  const begins = text.lastIndexOf('[]') + 1;
  let piece = text.slice(0, begins);
  let count = 0;
  for (const member of members()) {
    piece += (count === 0 ? '' : ',') + JSON.stringify(member);
    if (++count % TOGETHER !== 0) continue;
    yield piece;
    piece = '';
  }
  yield piece + text.slice(begins);
}

export function textOf(document: Written): string {
  return [...piecesOf(document)].join('');
}
