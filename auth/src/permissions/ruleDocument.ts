import { parse, stringify } from 'yaml';
import { readAccessFile } from './accessFile.ts';
import { bad, good, type Parsed } from '../shared/result.ts';
import { documentBy, SECTIONS, type RuleDocument } from './ruleEntries.ts';
import type { RuleChange } from './storedRules.ts';
import type { Wrong } from './yamlFile.ts';
import { z } from 'zod';

const anything = z.object({
  folders: z.record(z.string(), z.unknown()).nullish(),
  networks: z.record(z.string(), z.unknown()).nullish(),
  texts: z.record(z.string(), z.unknown()).nullish(),
});

export type ReadDocument = { readonly kind: 'document'; readonly document: RuleDocument } | Wrong;

/** What a file says that is written as an access.yml, as it was written. Never throws. */
export function documentOf(text: string, name: string): ReadDocument {
  const file = readAccessFile(text, name);
  if (file.kind === 'wrong') return file;
  const written = anything.parse(file.written);
  return { kind: 'document', document: documentBy((section) => jsonOf(written[section] ?? {})) };
}

/** The same as a file. */
export function writeDocument(document: RuleDocument): string {
  const valuesOf = (of: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(of).map(([name, value]) => [name, JSON.parse(value) as unknown]));
  // Folders always: a file without them is none.
  const said = SECTIONS.filter((section) => section === 'folders' || Object.keys(document[section]).length > 0);
  return stringify(Object.fromEntries(said.map((section) => [section, valuesOf(document[section])])), { lineWidth: 0 });
}

/** A rule as somebody writes it, of the JSON that is kept: a word, or a list of grants. */
export function ruleText(value: string): string {
  return stringify(JSON.parse(value), { lineWidth: 0 }).trimEnd();
}

/** The JSON of a rule that somebody wrote. Whether it is a rule is another question. */
export function ruleValue(text: string): Parsed<string> {
  try {
    return good(JSON.stringify(parse(text, { maxAliasCount: 0 }) ?? ''));
  } catch (error) {
    return bad(`The rule cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** `+ maps: everyone`, `- maps: everyone`, `maps: everyone → nobody`. */
export function changeInWords({ place, before, after }: RuleChange): string {
  if (before === undefined) return `+ ${place}: ${inLine(after)}`;
  return after === undefined ? `- ${place}: ${inLine(before)}` : `${place}: ${inLine(before)} → ${inLine(after)}`;
}

function inLine(value: string | undefined): string {
  const written = value === undefined ? '' : stringify(JSON.parse(value), { collectionStyle: 'flow', lineWidth: 0 });
  return written.trim().replaceAll(/\s+/g, ' ');
}

function jsonOf(values: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, JSON.stringify(value)]));
}
