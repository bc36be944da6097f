import { randomUUID } from 'node:crypto';
import type { Scope } from '../access/scope.ts';
import { Refused } from '../identity/errors.ts';
import { checkPlace, type RealOf } from '../permissions/places.ts';
import { partsOf } from '../permissions/schema.ts';
import { hashSecret, newSecret } from '../sessions/secrets.ts';
import type { Clock } from '../shared/clock.ts';
import { StoreCache } from '../shared/storeCache.ts';
import type { ApiKey, KeyRepository } from './key.ts';
import { checkedKey, type GivenKey } from './checkedKey.ts';

const BEARER = /^Bearer vitrine_([\w-]{43})$/i;
/** Milliseconds between two uses that are noted: a write for each request would cost more than the answer. */
const NOTED_AFTER = 60 * 60 * 1000;

type Known = { readonly key: ApiKey; readonly scope: Scope };

/**
 * The keys of programs. A tile asks here, so a key is read once and kept until something in the database changes, as
 * sessions are. One that is over or revoked is none.
 */
export class Keys {
  readonly #repository: KeyRepository;
  readonly #now: Clock;
  readonly #realOf: RealOf;
  /** By hash of the secret. */
  readonly #read: StoreCache<Known>;
  /** A use of these is noted already, or could not be: a full disk is not asked again for each tile. */
  readonly #noted = new WeakSet<Known>();

  constructor(repository: KeyRepository, now: Clock, realOf: RealOf) {
    this.#repository = repository;
    this.#now = now;
    this.#realOf = realOf;
    this.#read = new StoreCache(repository);
  }

  /**
   * Makes a key. `secret` is what the program sends, and is known to nobody afterwards.
   * @throws Refused for a name that is taken, a folder that is not there, an end that is past; StoreUnavailable
   */
  async add(given: GivenKey): Promise<{ readonly key: ApiKey; readonly secret: string }> {
    const createdAt = this.#now();
    const checked = checkedKey(given, createdAt);
    for (const folder of checked.folders) await checkPlace('folders', folder, this.#realOf);
    const key = { ...checked, id: randomUUID(), createdAt, lastUsedAt: undefined };
    const secret = newSecret();
    await this.#repository.insert(key, hashSecret(secret));
    return { key, secret: `vitrine_${secret}` };
  }

  /** All that were not revoked, by name; those that are over too. @throws StoreUnavailable */
  list(): Promise<ApiKey[]> {
    return this.#repository.list();
  }

  /** The key of a name. @throws Refused where there is none; StoreUnavailable */
  async named(name: string): Promise<ApiKey> {
    const found = (await this.list()).find((key) => key.name === name.normalize('NFC'));
    if (!found) throw new Refused('name', `There is no key called "${name}".`);
    return found;
  }

  /** From now on it opens nothing any more. @throws Refused where there is none; StoreUnavailable */
  async revoke(id: string): Promise<void> {
    const wasThere = await this.#repository.remove(id);
    this.#read.clear();
    if (!wasThere) throw new Refused('name', 'There is no such key any more.');
  }

  /** What the key in an `Authorization` header opens; `undefined` where there is none that is live. @throws StoreUnavailable */
  async ofAuthorization(header: string | undefined): Promise<Scope | undefined> {
    const secret = header === undefined ? undefined : BEARER.exec(header)?.[1];
    if (secret === undefined) return undefined;
    const hash = hashSecret(secret);
    const known = await this.#read.once(hash, async () => {
      const key = await this.#repository.findByHash(hash);
      return key && { key, scope: scopeOf(key) };
    });
    if (!known || known.key.expiresAt <= this.#now()) return undefined;
    this.#noteUse(known);
    return known.scope;
  }

  #noteUse(known: Known): void {
    const { id, lastUsedAt } = known.key;
    const now = this.#now();
    const before = new Date(now.getTime() - NOTED_AFTER);
    if (this.#noted.has(known) || (lastUsedAt && lastUsedAt > before)) return;
    this.#noted.add(known);
    // Nobody waits for it, and nothing depends on it. What is written is read again, as all that changes.
    this.#repository.noteUse(id, now, before).catch(() => undefined);
  }
}

/** What a key opens, as the rules see it; of one that is not made yet, too. */
export function scopeOf({ name, folders, pixels, expiresAt }: GivenKey): Scope {
  return { name: `the key "${name}"`, folders: folders.map(partsOf), pixels, until: expiresAt.getTime() };
}
