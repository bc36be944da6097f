/**
 * All names and values of a `Cookie` header in their order, also those of one name (RFC 6265, section 4.2). Values are as
 * they were sent. Pieces without `=` are none.
 */
export function parseAll(header: string | undefined): readonly (readonly [name: string, value: string])[] {
  if (header === undefined) return [];
  return header.split(';').flatMap((piece) => {
    const at = piece.indexOf('=');
    return at < 1 ? [] : [[piece.slice(0, at).trim(), piece.slice(at + 1).trim()] as const];
  });
}
