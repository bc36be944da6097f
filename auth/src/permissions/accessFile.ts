import type { z } from 'zod';
import { isOfUsers, makeRule, patternOf, type Rule } from '../access/rules.ts';
import { SharedGrants } from '../access/sharedGrants.ts';
import { isNetwork } from '../shared/networks.ts';
import { accessFile, partsOf, WRONG_PATH } from './schema.ts';
import { quoted, readValue, readYaml, type Contradiction, type Wrong, type YamlFile } from './yamlFile.ts';

export type AccessFile =
  | {
      readonly kind: 'rules';
      readonly rules: readonly Rule[];
      /** The whole of it, as it was written. */
      readonly written: unknown;
    }
  | Wrong;

type Content = z.infer<typeof accessFile>;

/** The rules of an access.yml. `name`: of the file, which the rules are called by. Never throws. */
export function readAccessFile(text: string, name: string): AccessFile {
  return judged(readYaml(text, accessFile, WRONG_PATH), name);
}

/** The same of what such a file says, at hand as JavaScript values. `shared`: with rules that were read before. */
export function readAccessValue(value: unknown, name: string, shared = new SharedGrants()): AccessFile {
  return judged(readValue(value, accessFile, WRONG_PATH), name, shared);
}

function judged(file: YamlFile<Content>, name: string, shared = new SharedGrants()): AccessFile {
  if (file.kind === 'wrong') return file;
  const found = [...lost(file.written, file.content), ...contradictions(file.content)];
  if (found.length > 0) return file.wrong(found);
  return { kind: 'rules', rules: rulesOf(file.content, name, shared), written: file.written };
}

function rulesOf({ folders, networks, texts: named }: Content, name: string, shared: SharedGrants): Rule[] {
  const listOf = (some: readonly string[]): readonly string[] => some.flatMap((one) => ownOf(networks, one) ?? [one]);
  return Object.entries(folders).map(([path, { grants, offer, reason, texts, manifest, request }]) =>
    shared.in(
      makeRule({
        name: `${name}: ${path}`,
        where: partsOf(path),
        pattern: offer,
        reason,
        texts: typeof texts === 'string' ? ownOf(named, texts) : texts,
        manifest,
        request: request ? partsOf(path) : undefined,
        grants: grants.map((grant) => ({ ...grant, who: { ...grant.who, networks: listOf(grant.who.networks) } })),
      }),
    ),
  );
}

/** What would not be in force, in silence: `__proto__` is a name for a folder, and none for a field. */
function lost(written: unknown, { folders }: Content): Contradiction[] {
  const given = (written as { readonly folders?: object }).folders ?? {};
  const names = Object.keys(given).filter((name) => !Object.hasOwn(folders, name));
  return names.map((name) => ({ path: ['folders', name], message: `${quoted(name)} cannot be named` }));
}

/** What each part alone does not show. */
function contradictions({ folders, networks, texts: named }: Content): Contradiction[] {
  const found: Contradiction[] = [];
  for (const name of Object.keys(networks).filter(isNetwork)) {
    const message = `${quoted(name)} is an address: give the network another name`;
    found.push({ path: ['networks', name], message });
  }
  const seen = new Set<string>();
  for (const [folder, { grants, offer, texts }] of Object.entries(folders)) {
    const alike = folder.normalize('NFC');
    if (seen.has(alike)) found.push({ path: ['folders', folder], message: `${quoted(folder)} is named twice` });
    seen.add(alike);
    for (const [index, { who }] of grants.entries()) {
      const at = ['folders', folder, 'grants', index, 'who'];
      for (const one of who.networks) {
        if (isNetwork(one) || ownOf(networks, one)) continue;
        const message = `${quoted(one)} is neither an IP address or network nor named below "networks:"`;
        found.push({ path: [...at, 'networks'], message });
      }
      if (who.gesture !== undefined && isOfUsers(who)) {
        found.push({ path: at, message: 'asks for an account and for a gesture at once: nobody is offered both' });
      }
      if (who.gesture === 'kiosk' && who.networks.length === 0) {
        found.push({ path: at, message: 'has to say with "networks" where the kiosk is' });
      }
    }
    if (typeof texts === 'string' && !ownOf(named, texts)) {
      const message = `${quoted(texts)} is not named below "texts:"`;
      found.push({ path: ['folders', folder, 'texts'], message });
    }
    if (offer !== undefined && grants.length === 0) {
      found.push({ path: ['folders', folder, 'offer'], message: 'offers what nobody gets: there is no grant' });
    } else if (offer !== undefined && !grants.some((grant) => patternOf(grant) === offer)) {
      found.push({ path: ['folders', folder, 'offer'], message: 'offers what no grant asks for' });
    }
  }
  return found;
}

function ownOf<Value>(record: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
