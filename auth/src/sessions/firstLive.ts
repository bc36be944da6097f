/** The first of a few secrets that something is found for, and what was found; nothing where none is. */
export async function firstLive<Found>(
  secrets: readonly string[],
  find: (secret: string) => Promise<Found | undefined>,
): Promise<{ readonly secret: string; readonly found: Found } | undefined> {
  for (const secret of secrets) {
    const found = await find(secret);
    if (found !== undefined) return { secret, found };
  }
  return undefined;
}
