import type { RuleTree } from '../access/ruleTree.ts';
import type { Limits } from '../iiif/geometry.ts';
import type { Catalogue } from '../images/catalogue/catalogue.ts';
import type { ImageFacts } from '../images/facts/imageFacts.ts';
import type { ReadyImages } from '../images/facts/readiness.ts';
import type { FolderManifests } from '../images/manifests/folderManifests.ts';
import type { ImageServer } from '../images/servers/imageServer.ts';
import type { CredentialReader } from './credentialReader.ts';
import { Descriptions } from './descriptions.ts';
import { Folders } from './folders.ts';
import { ImageGrants } from './imageGrant.ts';
import { Judge } from './judge.ts';
import type { ImageVerdict, InfoVerdict, ManifestVerdict, ProbeVerdict, SignedInfoVerdict } from './verdict.ts';

type GateParts = {
  readonly credentialReader: CredentialReader;
  readonly catalogue: Catalogue;
  readonly imageFacts: ImageFacts;
  readonly readyImages: Pick<ReadyImages, 'of'>;
  readonly folderManifests: FolderManifests;
  readonly server: ImageServer;
  /** Those that are in force now. */
  readonly rules: () => RuleTree;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly limits: Limits;
  readonly manifestsProtected: boolean;
};

/** The one place where it is asked who may see what. Throws `StoreUnavailable` where nobody can know. */
export class Gate {
  readonly #images: ImageGrants;
  readonly #descriptions: Descriptions;
  readonly #folders: Folders;

  constructor({ rules, now, manifestsProtected, ...others }: GateParts) {
    const parts = { ...others, judge: new Judge(rules, now, manifestsProtected) };
    this.#images = new ImageGrants(parts);
    this.#descriptions = new Descriptions(parts);
    this.#folders = new Folders(parts);
  }

  image(...asked: Parameters<ImageGrants['of']>): Promise<ImageVerdict> {
    return this.#images.of(...asked);
  }

  info(...asked: Parameters<Descriptions['info']>): Promise<InfoVerdict> {
    return this.#descriptions.info(...asked);
  }

  signedInfo(...asked: Parameters<Descriptions['signedInfo']>): Promise<SignedInfoVerdict> {
    return this.#descriptions.signedInfo(...asked);
  }

  probe(...asked: Parameters<Descriptions['probe']>): Promise<ProbeVerdict> {
    return this.#descriptions.probe(...asked);
  }

  manifest(...asked: Parameters<Folders['manifest']>): Promise<ManifestVerdict> {
    return this.#folders.manifest(...asked);
  }
}
