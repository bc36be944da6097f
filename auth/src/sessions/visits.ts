import { randomUUID } from 'node:crypto';
import { Believed } from './believed.ts';
import { hashSecret, looksLikeSecret, newSecret } from './secrets.ts';
import type { Step, Visit, VisitRepository } from './visit.ts';

/** The visits that are not over. A tile asks here, so a visit is read once and believed for seconds. */
export class Visits {
  readonly #repository: VisitRepository;
  readonly #lifetime: number;
  readonly #now: () => Date;
  /** By hash of the secret, and by id: two ways to one entry. */
  readonly #read = new Believed<Visit>();

  /** `lifetime` in seconds. */
  constructor(repository: VisitRepository, lifetime: number, now: () => Date) {
    this.#repository = repository;
    this.#lifetime = lifetime;
    this.#now = now;
  }

  /** Takes a step, in the visit of this cookie if there is one. Answers what the cookie is to hold. */
  async take(step: Step, cookie: string | undefined): Promise<string> {
    const visit = cookie === undefined ? undefined : await this.ofCookie(cookie);
    if (visit && cookie !== undefined) {
      await this.#repository.take(visit.id, step);
      this.#read.clear();
      return cookie;
    }
    const secret = newSecret();
    const createdAt = this.#now();
    await this.#repository.removeExpired(createdAt);
    await this.#repository.insert({
      id: randomUUID(),
      agreed: step === 'agreed',
      atKiosk: step === 'atKiosk',
      createdAt,
      expiresAt: new Date(createdAt.getTime() + this.#lifetime * 1000),
      secretHash: hashSecret(secret),
    });
    return secret;
  }

  async ofCookie(value: string): Promise<Visit | undefined> {
    if (!looksLikeSecret(value)) return undefined;
    const hash = hashSecret(value);
    return this.#live(await this.#read.once(hash, () => this.#repository.findBySecretHash(hash)));
  }

  /** Whether this was the cookie of a visit whose time is over; false when that is long ago and it is forgotten. */
  async hasExpired(value: string): Promise<boolean> {
    if (!looksLikeSecret(value)) return false;
    const hash = hashSecret(value);
    const found = await this.#read.once(hash, () => this.#repository.findBySecretHash(hash));
    return found !== undefined && found.expiresAt <= this.#now();
  }

  async ofId(id: string): Promise<Visit | undefined> {
    return this.#live(await this.#read.once(id, () => this.#repository.find(id)));
  }

  async end(id: string): Promise<void> {
    await this.#repository.remove(id);
    this.#read.clear();
  }

  #live(visit: Visit | undefined): Visit | undefined {
    return visit && visit.expiresAt > this.#now() ? visit : undefined;
  }
}
