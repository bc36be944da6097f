import { randomBytes } from 'node:crypto';
import { checkedEmail } from '../identity/checks.ts';
import { Refused } from '../identity/errors.ts';
import { Ration } from '../identity/ration.ts';
import type { Mailer, Sent } from '../mail/mailer.ts';
import type { Outbox } from '../mail/outbox.ts';
import { shareLink, type Shares } from '../shares/shares.ts';
import type { Clock } from '../shared/clock.ts';
import { askedLetter, grantedLetter, refusedLetter } from './letters.ts';
import type { AccessRequest, RequestRepository } from './request.ts';

/** Within an hour, of one network and of all. */
const QUESTIONS = { each: 5, all: 100, duration: 60 * 60 };
/** More than anybody answers. */
const MOST_OPEN = 1000;
const DAY = 24 * 60 * 60 * 1000;
/** Letters of any script, on one line. */
const NAME = /^\P{C}{1,200}$/u;
const LONGEST_REASON = 2000;
/** Control characters but for the ends of lines. */
const CONTROL = /[^\P{Cc}\r\n\t]/u;

export type GivenRequest = Pick<AccessRequest, 'place' | 'name' | 'email' | 'reason' | 'language'>;

/** What came of an answer: the link where access is given, and whether it is on its way; `undefined` where no mails are sent. */
export type Answer = { readonly request: AccessRequest; readonly link: string; readonly mailed: Sent | undefined };

type Parts = {
  readonly repository: RequestRepository;
  readonly shares: Shares;
  readonly now: Clock;
  readonly mailer: Mailer | undefined;
  readonly outbox: Outbox | undefined;
  /** Addresses of those who answer requests. */
  readonly curators: () => Promise<readonly string[]>;
};
type Settings = { readonly publicUrl: string; readonly institution: string };

/** Requests of people for what they may not see: asked at a form, answered by an administrator with a link or a word. */
export class Requests {
  readonly #parts: Parts;
  readonly #settings: Settings;
  readonly #questions = new Ration(QUESTIONS);

  constructor(parts: Parts, settings: Settings) {
    this.#parts = parts;
    this.#settings = settings;
  }

  /**
   * Whether one more can be asked by a client of this address (IP), and counts it.
   * @throws StoreUnavailable
   */
  async isRoomFor(address: string): Promise<boolean> {
    return (await this.#questions.take(address)) && (await this.#parts.repository.countOpen()) < MOST_OPEN;
  }

  /**
   * Keeps a request, and tells the curators.
   * @param record has it recorded: first, so that one which cannot be recorded is not kept
   * @throws Refused at a field; StoreUnavailable
   */
  async ask(given: GivenRequest, record: (request: AccessRequest) => Promise<void>): Promise<void> {
    const { repository, now, outbox, curators } = this.#parts;
    const createdAt = now();
    const request = { ...checked(given), id: randomBytes(8).toString('hex'), createdAt, state: 'open' as const };
    await record(request);
    await repository.insert(request);
    if (!outbox) return;
    const { publicUrl, institution } = this.#settings;
    const panel = `${publicUrl}/auth/admin/resources/requests/records/${request.id}/edit`;
    const letter = askedLetter({ ...request, institution, panel });
    for (const to of await curators()) outbox.post({ to, letter, until: new Date(createdAt.getTime() + DAY) });
  }

  /** The newest first, those that were answered too. @throws StoreUnavailable */
  list(): Promise<AccessRequest[]> {
    return this.#parts.repository.list();
  }

  /** How many wait for an answer. @throws StoreUnavailable */
  countOpen(): Promise<number> {
    return this.#parts.repository.countOpen();
  }

  /** @throws Refused where there is none, or it was answered already; StoreUnavailable */
  async open(id: string): Promise<AccessRequest> {
    const found = await this.#parts.repository.find(id);
    if (!found) throw new Refused('id', `There is no request ${id}.`);
    if (found.state !== 'open') throw new Refused('id', 'This request was answered already.');
    return found;
  }

  /**
   * Makes a share link for one person until a date, and mails it where there is a mail server.
   * @param word what the reader is told besides; may be empty
   * @throws Refused where it was answered already, the folder is gone, or the end is past; StoreUnavailable
   */
  async grant(id: string, until: Date, word: string): Promise<Answer> {
    const { repository, shares } = this.#parts;
    const { publicUrl, institution } = this.#settings;
    const request = await this.open(id);
    const { place, name, language } = request;
    const wanted = { name: `Request of ${name}`.slice(0, 200), folder: place, pixels: Infinity, people: 1 };
    const { share, secret } = await shares.add({ ...wanted, expiresAt: until });
    if (!(await repository.move(id, 'open', 'granted'))) {
      await shares.revoke(share.id);
      throw new Refused('id', 'This request was answered already.');
    }
    const link = shareLink(publicUrl, secret);
    const written = until.toISOString().slice(0, 16).replace('T', ' ');
    const letter = grantedLetter({ institution, place, word, link, until: written }, language);
    return { request, link, mailed: await this.#parts.mailer?.send(request.email, letter) };
  }

  /** Says no. @throws Refused where it was answered already; StoreUnavailable */
  async refuse(id: string, word: string): Promise<Answer> {
    const { institution } = this.#settings;
    const request = await this.open(id);
    if (!(await this.#parts.repository.move(id, 'open', 'refused'))) {
      throw new Refused('id', 'This request was answered already.');
    }
    const letter = refusedLetter({ institution, place: request.place, word }, request.language);
    return { request, link: '', mailed: await this.#parts.mailer?.send(request.email, letter) };
  }
}

function checked({ place, name: typed, email, reason: said, language }: GivenRequest) {
  const name = typed.trim().normalize('NFC');
  const reason = said.trim().normalize('NFC');
  if (!NAME.test(name)) throw new Refused('name', 'Write your name, on one line.');
  const address = checkedEmail(email);
  if (reason === '' || reason.length > LONGEST_REASON || CONTROL.test(reason)) {
    throw new Refused('reason', `Say why, in ${LONGEST_REASON} characters at most.`);
  }
  return { place, name, email: address, reason, language };
}
