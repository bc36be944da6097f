/**
 * @param texts by key
 * @param instead what stands in a key for each of its dots
 * @returns the same by keys that AdminJS takes: for it a dot leads to a text inside another
 */
export function withoutDots(texts: Readonly<Record<string, string>>, instead = ''): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).map(([key, text]) => [key.replaceAll('.', instead), text]));
}
