const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** Natural order: page2 before page10; where two differ only in case or accents, by code points, so always the same. */
export function naturally(a: string, b: string): number {
  return collator.compare(a, b) || (a < b ? -1 : Number(a > b));
}

/** What stands behind the last dot, lower case; empty where there is no dot, or nothing before it. */
export function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot > 0 ? name.slice(dot + 1).toLowerCase() : '';
}
