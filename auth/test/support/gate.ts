import { pyramidOf } from '../../../pyramids/src/shared/pyramid.ts';
import { folderRule, type FolderRule } from '../../src/access/folderRule.ts';
import type { Rule } from '../../src/access/rules.ts';
import { RuleTree } from '../../src/access/ruleTree.ts';
import { anonymous, type Subject } from '../../src/access/subject.ts';
import type { CredentialReader, Credentials } from '../../src/gate/credentialReader.ts';
import { Gate } from '../../src/gate/gate.ts';
import { parseIdentifier } from '../../src/iiif/identifier.ts';
import type { Catalogue } from '../../src/images/catalogue/catalogue.ts';
import type { Lookup } from '../../src/images/catalogue/lookup.ts';
import type { ImageStatus } from '../../src/images/facts/facts.ts';
import type { ImageFacts } from '../../src/images/facts/imageFacts.ts';
import type { Readiness } from '../../src/images/facts/readiness.ts';
import type { FolderManifests, FolderReading } from '../../src/images/manifests/folderManifests.ts';
import { imageServers } from '../../src/images/servers/imageServers.ts';

/** A picture of 6000 by 4000 pixels with its smaller versions. */
const PICTURE: ImageStatus = {
  kind: 'image',
  width: 6000,
  height: 4000,
  version: '0123456789abcdef',
  pyramid: pyramidOf({ width: 6000, height: 4000 }),
  from: { master: { key: '', path: '', state: '' }, page: 0 },
};

/** What is in a file of this name, wherever it lies; there are no others. */
const FILES: Readonly<Record<string, ImageStatus>> = {
  'a.tif': PICTURE,
  'notes.tif': { kind: 'unsuitable', reason: 'it is no picture' },
  'damaged.tif': { kind: 'unreadable', reason: 'it ends too early' },
  'down.tif': { kind: 'unavailable', reason: 'no answer' },
};

export const NO_CREDENTIALS: Credentials = {
  cookie: undefined,
  authorization: undefined,
  address: '192.0.2.7',
  origin: undefined,
  destination: undefined,
};

const MISSING = { kind: 'missing', message: 'There is no image of this identifier.' } as const;

/** A folder with this pattern, and the addresses 10.1.x.x as its place. */
export const folder = (name: string, access: FolderRule['access'], tier?: number): Rule =>
  folderRule({ where: name.split('/'), access, networks: ['10.1.0.0/16'], tier });

type Stubs = {
  readonly folders?: readonly Rule[];
  readonly manifestsProtected?: boolean;
  /** By their identifiers. */
  readonly manifests?: Readonly<Record<string, FolderReading>>;
  /** Of every image; where nothing is said all are ready, and lie under their own names. */
  readonly readiness?: Readiness;
};

/** A gate for which everybody is `subject`, with no disk, no database and no image server behind it. */
export function gateFor(subject: Subject = anonymous, stubs: Stubs = {}): Gate {
  const { folders = [], manifestsProtected = false, manifests = {}, readiness } = stubs;
  const credentialReader: Pick<CredentialReader, 'forImage' | 'forInfo' | 'forManifest' | 'forProbe' | 'sign'> = {
    forImage: () => Promise.resolve({ subject, endsAt: undefined }),
    forInfo: () => Promise.resolve(subject),
    forManifest: () => Promise.resolve(subject),
    forProbe: () => Promise.resolve({ subject, signer: undefined }),
    sign: () => 'signature',
  };
  const find = (path: readonly string[]): Promise<Lookup> =>
    Promise.resolve(
      FILES[path.at(-1) ?? ''] ? { kind: 'file', path, real: path, state: 'as it is', page: 0 } : MISSING,
    );
  const contents = (path: readonly string[]): Promise<FolderReading> =>
    Promise.resolve(
      manifests[path.join('!')] ?? { kind: 'missing', message: 'There is no folder of this identifier.' },
    );
  const facts: ImageFacts['of'] = ({ path }) => {
    const known = FILES[path.at(-1) ?? ''] ?? PICTURE;
    const master = { key: '', path: path.join('/'), state: '' };
    return Promise.resolve(known.kind === 'image' ? { ...known, from: { master, page: 0 } } : known);
  };
  const rules = new RuleTree(folders);
  return new Gate({
    credentialReader: credentialReader as CredentialReader,
    catalogue: { find } as unknown as Catalogue,
    imageFacts: { of: facts } as unknown as ImageFacts,
    readyImages: {
      of: ({ master }) => Promise.resolve(readiness ?? { kind: 'ready', source: master.path, native: true }),
    },
    folderManifests: { parse: parseIdentifier, contents } as unknown as FolderManifests,
    server: imageServers.iipsrv,
    rules: () => rules,
    now: () => 0,
    limits: { maxWidth: 5000, maxHeight: 5000, maxArea: 25_000_000 },
    manifestsProtected,
  });
}
