/** The value of a JSON text; `undefined`, which JSON cannot say, for a text that is not JSON. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
