/** What of a manifest or collection tells that it is there, in both versions of the Presentation API. */
const KEPT = ['@context', 'id', '@id', 'type', '@type', 'label'];

/** Of a document that was made by hand: what is left of it for those who may not see what it shows; JSON. */
export function stubOf(json: string): string {
  const document = JSON.parse(json) as Record<string, unknown>;
  const kept = Object.fromEntries(KEPT.filter((name) => name in document).map((name) => [name, document[name]]));
  // Presentation API 3.0, section 3: `items` is required of both; 2.1, section 5: `sequences` of a manifest.
  const empty = 'items' in document ? { items: [] } : 'sequences' in document ? { sequences: [] } : {};
  return JSON.stringify({ ...kept, ...empty });
}
