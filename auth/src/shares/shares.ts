import { randomBytes } from 'node:crypto';
import type { Scope } from '../access/scope.ts';
import { Refused } from '../identity/errors.ts';
import { checkPlace, type RealOf } from '../permissions/places.ts';
import { partsOf } from '../permissions/schema.ts';
import { scopeInWords } from '../permissions/words.ts';
import { hashSecret, looksLikeSecret, newSecret } from '../sessions/secrets.ts';
import type { Clock } from '../shared/clock.ts';
import { StoreCache } from '../shared/storeCache.ts';
import { checkedShare, type GivenShare } from './checkedShare.ts';
import type { Share, ShareRepository } from './share.ts';

export const SHARE_PATH = '/auth/share';

/** Milliseconds between two visits of guests that are noted: who has a link could have one row written for ever. */
const NOTED_AFTER = 60 * 1000;

/** What came of opening a link. */
export type Opened =
  | { readonly kind: 'open'; readonly share: Share }
  /** It is past its end, was revoked, or never was one. */
  | { readonly kind: 'over' }
  /** As many people as it is for have opened it. */
  | { readonly kind: 'full' };

type Known = { readonly share: Share; readonly scope: Scope };

/**
 * Links by which people see a folder or an image without an account. Who opened one has its id in a visit; a tile asks
 * here what that opens, so a link is read once and kept until something in the database changes, as keys are.
 */
export class Shares {
  readonly #repository: ShareRepository;
  readonly #now: Clock;
  readonly #realOf: RealOf;
  /** By id. */
  readonly #read: StoreCache<Known>;

  constructor(repository: ShareRepository, now: Clock, realOf: RealOf) {
    this.#repository = repository;
    this.#now = now;
    this.#realOf = realOf;
    this.#read = new StoreCache(repository);
  }

  /**
   * Makes a link. `secret` is for {@link shareLink}, and is known to nobody afterwards.
   * @throws Refused for a folder that is not there or is a link, an end that is past, …; StoreUnavailable
   */
  async add(given: GivenShare): Promise<{ readonly share: Share; readonly secret: string }> {
    const createdAt = this.#now();
    const checked = checkedShare(given, createdAt);
    await checkPlace('folder', checked.folder, this.#realOf);
    const id = randomBytes(8).toString('hex');
    const share = { ...checked, id, used: 0, createdAt, lastUsedAt: undefined };
    const secret = newSecret();
    await this.#repository.insert(share, hashSecret(secret));
    return { share, secret };
  }

  /** All that were not revoked, the newest first; those that are over too, for a while. @throws StoreUnavailable */
  list(): Promise<Share[]> {
    return this.#repository.list();
  }

  /** @throws Refused where there is none; StoreUnavailable */
  async find(id: string): Promise<Share> {
    const found = await this.#repository.find(id);
    if (!found) throw new Refused('id', `There is no share link ${id}: see vitrine share list.`);
    return found;
  }

  /** From now on it opens nothing any more, to nobody. @throws Refused where there is none; StoreUnavailable */
  async revoke(id: string): Promise<void> {
    const wasThere = await this.#repository.remove(id);
    this.#read.clear();
    if (!wasThere) throw new Refused('id', 'There is no such share link any more.');
  }

  /** What would come of opening a link; counts nobody. `isGuest`: see {@link use}. @throws StoreUnavailable */
  async look(secret: string, isGuest: (share: Share) => boolean): Promise<Opened> {
    const share = looksLikeSecret(secret) ? await this.#repository.findByHash(hashSecret(secret)) : undefined;
    if (!share || share.expiresAt <= this.#now()) return { kind: 'over' };
    return isGuest(share) || share.used < share.people ? { kind: 'open', share } : { kind: 'full' };
  }

  /**
   * Opens a link, and counts whoever opens it, once.
   * @param isGuest whether somebody is one of those who were counted for a share already
   * @throws StoreUnavailable
   */
  async use(secret: string, isGuest: (share: Share) => boolean): Promise<Opened> {
    const opened = await this.look(secret, isGuest);
    if (opened.kind !== 'open') return opened;
    const { share } = opened;
    if (isGuest(share)) await this.#noteAgain(share);
    // Of many at the same moment the database lets in as many as there is room for.
    else if (!(await this.#repository.count(share.id, this.#now()))) {
      const now = await this.look(secret, isGuest);
      return now.kind === 'open' ? { kind: 'full' } : now;
    }
    return opened;
  }

  async #noteAgain({ id, lastUsedAt }: Share): Promise<void> {
    const now = this.#now();
    const isNoted = lastUsedAt !== undefined && now.getTime() - lastUsedAt.getTime() < NOTED_AFTER;
    if (!isNoted) await this.#repository.noteUse(id, now);
  }

  /** What the links of these ids open; nothing of those that are over or revoked. @throws StoreUnavailable */
  async scopesOf(ids: readonly string[]): Promise<readonly Scope[]> {
    const now = this.#now();
    const known = await Promise.all(ids.map((id) => this.#known(id)));
    return known.flatMap((one) => (one && one.share.expiresAt > now ? [one.scope] : []));
  }

  #known(id: string): Promise<Known | undefined> {
    return this.#read.once(id, async () => {
      const share = await this.#repository.find(id);
      return share && { share, scope: scopeOfShare(share) };
    });
  }
}

/** What a share link opens, as the rules see it; of one that is not made yet, too. */
export function scopeOfShare(share: GivenShare): Scope {
  const { name, pixels, expiresAt } = share;
  return { name: `the share link "${name}"`, folders: [placeOf(share)], pixels, until: expiresAt.getTime() };
}

/** The same in words, and for how many people. */
export function shareInWords(share: GivenShare): string {
  return `${scopeInWords(scopeOfShare(share))}, for ${share.people === 1 ? 'one person' : `${share.people} people`}`;
}

/** The parts of the path of what a share link is for. */
export function placeOf({ folder }: Pick<Share, 'folder'>): readonly string[] {
  return partsOf(folder);
}

/** What the audit trail calls one: names are not unique. */
export function nameOf({ name, id }: Share): string {
  return `${name} (${id})`;
}

/**
 * The link, to be pasted into a mail. The secret is behind the #, which browsers send to nobody.
 * @param publicUrl the address of this server, without a path
 */
export function shareLink(publicUrl: string, secret: string): string {
  return `${publicUrl}${SHARE_PATH}#${secret}`;
}
