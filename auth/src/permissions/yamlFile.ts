import { isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, visit, type Document, type Node } from 'yaml';
import type { z } from 'zod';
import { meantPlace } from './meantPlace.ts';

/** Characters, or bytes: more than a hundred thousand folders. */
export const LONGEST = 8_000_000;
/** How many faults are named at once. */
const NAMED = 20;

/** What is wrong in a file; lines and columns are counted from 1. */
export type Fault = { readonly line: number; readonly column: number; readonly message: string };
export type Wrong = { readonly kind: 'wrong'; readonly faults: readonly Fault[] };

export type YamlFile<Content> =
  | {
      readonly kind: 'content';
      readonly content: Content;
      /** As it was written, before it was checked. */
      readonly written: unknown;
      /** What is wrong with it beside its form, by the paths of where. */
      readonly wrong: (found: readonly Contradiction[]) => Wrong;
    }
  | Wrong;

export type Contradiction = { readonly path: readonly PropertyKey[]; readonly message: string };

const TOO_DEEP = 'is nested too deeply';

/** What the library says of errors in words of its own. */
const SAID: Readonly<Record<string, string>> = {
  MULTIPLE_DOCS: 'begins a second document: there is one in this file',
  TAB_AS_INDENT: 'is indented with a tab: use spaces',
  // Brackets in brackets, thousands deep.
  RESOURCE_EXHAUSTION: TOO_DEEP,
};

export function inWords({ line, column, message }: Fault): string {
  return `line ${line}, column ${column}: ${message}`;
}

/**
 * Reads a YAML file of a form. Its keys are texts, whatever YAML takes them for: 007 is the name of a folder.
 * @param otherwise what messages say of a key that is of no form
 * @returns the content, or all that is wrong with it (at most 20 faults); never throws
 */
export function readYaml<Schema extends z.ZodType>(
  text: string,
  schema: Schema,
  otherwise: string,
): YamlFile<z.infer<Schema>> {
  if (text.length > LONGEST) return wrong([{ line: 1, column: 1, message: `is longer than ${LONGEST} characters` }]);
  try {
    return read(text, schema, otherwise);
  } catch (error) {
    if (error instanceof RangeError) return wrong([{ line: 1, column: 1, message: TOO_DEEP }]);
    throw error;
  }
}

function read<Schema extends z.ZodType>(text: string, schema: Schema, otherwise: string): YamlFile<z.infer<Schema>> {
  const lines = new LineCounter();
  // The library compares each key of a map with all before it: of 40,000 folders that takes 14 seconds.
  const options = {
    lineCounter: lines,
    stringKeys: true,
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'error',
  } as const;
  const document = parseDocument(text, options);
  const faultAt = (offset: number, message: string): Fault => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col), message };
  };
  const broken = [...document.errors, ...document.warnings];
  if (broken.length > 0) return wrong(broken.map(({ pos, code, message }) => faultAt(pos[0], SAID[code] ?? message)));
  const refused = refusedIn(document);
  if (refused.length > 0) return wrong(refused.map(([node, message]) => faultAt(offsetOf(node), message)));
  return checked(document.toJS() ?? {}, schema, otherwise, (path, message) =>
    faultAt(offsetAt(document, path), message),
  );
}

/** The same of a value that is at hand, which has no lines. */
export function readValue<Schema extends z.ZodType>(
  value: unknown,
  schema: Schema,
  otherwise: string,
): YamlFile<z.infer<Schema>> {
  return checked(value, schema, otherwise, (_, message) => ({ line: 1, column: 1, message }));
}

function checked<Schema extends z.ZodType>(
  written: unknown,
  schema: Schema,
  otherwise: string,
  faultAt: (path: readonly PropertyKey[], message: string) => Fault,
): YamlFile<z.infer<Schema>> {
  const parsed = schema.safeParse(written);
  if (!parsed.success) {
    return wrong(parsed.error.issues.map((issue) => faultAt(placeOf(issue), wordsOf(issue, otherwise))));
  }
  const contradicted = (found: readonly Contradiction[]): Wrong =>
    wrong(found.map(({ path, message }) => faultAt(path, message)));
  return { kind: 'content', content: parsed.data, written, wrong: contradicted };
}

/** What YAML allows and we do not: aliases, by which a short text can mean a long one, and keys that are named twice. */
function refusedIn(document: Document): (readonly [Node, string])[] {
  const found: (readonly [Node, string])[] = [];
  visit(document, {
    Alias: (_, node) => {
      found.push([node, 'is an alias (*): write what is meant out']);
    },
    Map: (_, { items }) => {
      const names = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        if (names.has(key.value)) found.push([key, 'is named twice']);
        names.add(key.value);
      }
    },
  });
  return found;
}

/** At the key that is too many, else at that of what is wrong. */
function placeOf(issue: z.core.$ZodIssue): readonly PropertyKey[] {
  return issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : issue.path;
}

/** Or as near as the file goes. */
function offsetAt(document: Document, path: readonly PropertyKey[]): number {
  let node: unknown = document.contents;
  let offset = offsetOf(node);
  for (const part of path) {
    // A list may stand for what has it as its only part.
    if (isSeq(node) && typeof part !== 'number') continue;
    const entry = isSeq(node) ? { key: node.items[Number(part)], value: node.items[Number(part)] } : pairOf(node, part);
    if (entry === undefined) break;
    offset = offsetOf(entry.key);
    node = entry.value;
  }
  return offset;
}

function pairOf(node: unknown, part: PropertyKey): { readonly key: unknown; readonly value: unknown } | undefined {
  return isMap(node) ? node.items.find(({ key }) => isScalar(key) && key.value === String(part)) : undefined;
}

function offsetOf(node: unknown): number {
  return isNode(node) ? (node.range?.[0] ?? 0) : 0;
}

function wordsOf(issue: z.core.$ZodIssue, otherwise: string): string {
  const what = issue.path.at(-1);
  const named = what === undefined ? 'it' : typeof what === 'number' ? `number ${what + 1}` : quoted(String(what));
  if (issue.code === 'invalid_key') return `${named} ${otherwise}${meantPlace(String(what))}`;
  if (issue.code === 'unrecognized_keys') return `${issue.keys.map(quoted).join(', ')} is not known here`;
  return `${named} ${issue.message}`;
}

export function quoted(text: string): string {
  return `"${text}"`;
}

function wrong(faults: readonly Fault[]): Wrong {
  return { kind: 'wrong', faults: faults.slice(0, NAMED) };
}
