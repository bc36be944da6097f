/** What rules that are kept in the database are called by, as those of a file are by its name. */
export const PANEL = 'panel';

/** The parts of an access.yml: folders, and networks and texts that have a name. */
export const SECTIONS = ['networks', 'texts', 'folders'] as const;
type Section = (typeof SECTIONS)[number];

/** What an access.yml says; each value as JSON. */
export type RuleDocument = Readonly<Record<Section, Readonly<Record<string, string>>>>;

/** One thing that it says. */
export type RuleEntry = { readonly section: Section; readonly name: string; readonly value: string };

/** One that is another than before. `undefined`: there is, or there was, none. */
export type EntryChange = Omit<RuleEntry, 'value'> & {
  readonly before: string | undefined;
  readonly after: string | undefined;
};

/** The document whose sections these are. */
export function documentBy(sectionOf: (name: Section) => Readonly<Record<string, string>>): RuleDocument {
  return { networks: sectionOf('networks'), texts: sectionOf('texts'), folders: sectionOf('folders') };
}

export function documentOfEntries(entries: readonly RuleEntry[]): RuleDocument {
  return documentBy((section) =>
    Object.fromEntries(entries.filter((entry) => entry.section === section).map(({ name, value }) => [name, value])),
  );
}

/** In the order in which it stands there. */
export function entriesOf(document: RuleDocument): readonly RuleEntry[] {
  return SECTIONS.flatMap((section) =>
    Object.entries(document[section]).map(([name, value]) => ({ section, name, value }) as const),
  );
}

/** Sorted by name: quick where most are. */
export function inOrder(entries: readonly RuleEntry[]): readonly RuleEntry[] {
  return entries.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

export function changesBetween(before: readonly RuleEntry[], after: readonly RuleEntry[]): readonly EntryChange[] {
  const key = ({ section, name }: RuleEntry): string => `${section} ${name}`;
  const old = new Map(before.map((entry) => [key(entry), entry]));
  const changes: EntryChange[] = [];
  for (const entry of after) {
    const { section, name, value } = entry;
    const was = old.get(key(entry))?.value;
    old.delete(key(entry));
    if (was !== value) changes.push({ section, name, before: was, after: value });
  }
  for (const { section, name, value } of old.values()) changes.push({ section, name, before: value, after: undefined });
  return changes;
}
