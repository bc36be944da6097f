/** The value of a JSON text; `undefined`, which no JSON text is, for what is none. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
