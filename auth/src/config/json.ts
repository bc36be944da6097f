/** The value of a JSON text; `undefined`, which JSON cannot say, for a text that is not JSON. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Names that the outermost object of a JSON text has twice, of which `JSON.parse` keeps the last in silence. */
export function repeatedNames(text: string): string[] {
  const names: string[] = [];
  let depth = 0;
  for (const [token, name] of text.matchAll(/("(?:[^"\\]|\\.)*")(?:\s*:)?|[{[\]}]/g)) {
    if (name === undefined) depth += token === '{' || token === '[' ? 1 : -1;
    else if (depth === 1 && token.endsWith(':')) names.push(JSON.parse(name) as string);
  }
  return names.filter((name, index) => names.indexOf(name) !== index);
}
