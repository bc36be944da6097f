import { isIP } from 'node:net';
import type { RuleTree } from '../../access/ruleTree.ts';
import { sightOf } from '../../access/sight.ts';
import { anonymous, type Subject } from '../../access/subject.ts';
import { Refused } from '../../identity/errors.ts';
import { rolesAt } from '../../identity/membership.ts';
import type { Users } from '../../identity/users.ts';
import type { Catalogue } from '../../images/catalogue/catalogue.ts';
import { partsOf } from '../../permissions/schema.ts';
import { writtenSight } from '../../permissions/words.ts';
import { readMoment } from '../../shared/dates.ts';

/** Images that are shown, and folders that are looked into for them. */
const SHOWN = 12;
const LOOKED_INTO = 30;

/** As whom, as people type it; what is empty is left out. */
export type PreviewQuestion = {
  /** An e-mail address. */
  readonly user: string;
  /** An IP address. */
  readonly from: string;
  /** A date. */
  readonly at: string;
  readonly agreed: boolean;
  readonly kiosk: boolean;
};

type Sight = number | 'full';

export type PreviewImage = {
  /** Parts of its path. */
  readonly path: readonly string[];
  /** What that somebody sees: pixels on the longer side, or all; 0 for nothing. */
  readonly sees: Sight;
  /** As much of it as the curator may see as well: a thumbnail is fetched with the rights of who looks at the panel. */
  readonly shown: Sight;
};

type Parts = {
  readonly rules: RuleTree;
  readonly catalogue: Pick<Catalogue, 'folder' | 'find'>;
  readonly users: Pick<Users, 'findByEmail'>;
};

/**
 * What somebody sees of the first images of a place.
 * @param curator who asks, and from where
 * @param now milliseconds since 1970
 * @throws Refused, with the name of a part of the question, where that cannot be read; StoreUnavailable; ImagesUnavailable
 */
export async function previewOf(
  place: string,
  question: PreviewQuestion,
  curator: { readonly user: string; readonly address: string },
  { rules, catalogue, users }: Parts,
  now: number,
): Promise<readonly PreviewImage[]> {
  const at = question.at === '' ? now : readMoment(question.at);
  if (at === undefined) throw new Refused('when', 'This is not a date: write 2027-07-01, or 2027-07-01 18:00.');
  if (question.from !== '' && isIP(question.from) === 0) throw new Refused('from', 'This is not an IP address.');
  const subject = await subjectOf(question.user, users, at);
  const { from: address, agreed, kiosk: atKiosk } = question;
  const somebody: Subject = { ...subject, address, agreed, atKiosk };
  const self: Subject = { ...(await subjectOf(curator.user, users, now)), address: curator.address };
  const images: PreviewImage[] = [];
  for (const path of await firstImages(partsOf(place), catalogue)) {
    const file = await catalogue.find(path);
    if (file.kind !== 'file') continue;
    const image = { kind: 'image', path: file.real, named: file.path } as const;
    const sees = sightOf(somebody, image, rules, at);
    const shown = Math.min(sees, sightOf(self, image, rules, now));
    images.push({ path, sees: writtenSight(sees), shown: writtenSight(shown) });
  }
  return images;
}

/** An image itself; of a folder those in it, and in the folders below it. */
async function firstImages(
  path: readonly string[],
  catalogue: Parts['catalogue'],
): Promise<readonly (readonly string[])[]> {
  if (!(await catalogue.folder(path))) return [path];
  const waiting: (readonly string[])[] = [path];
  const images: (readonly string[])[] = [];
  for (const at of waiting) {
    const folder = await catalogue.folder(at);
    images.push(...(folder?.images ?? []).slice(0, SHOWN).map((name) => [...at, name]));
    if (images.length >= SHOWN) break;
    const room = LOOKED_INTO - waiting.length;
    waiting.push(...(folder?.folders ?? []).slice(0, Math.max(0, room)).map((name) => [...at, name]));
  }
  return images.slice(0, SHOWN);
}

async function subjectOf(email: string, users: Parts['users'], at: number): Promise<Subject> {
  if (email === '') return anonymous;
  const user = await users.findByEmail(email);
  if (!user) throw new Refused('user', 'There is no user with this e-mail address.');
  const { id, active, memberships } = user;
  return { ...anonymous, kind: 'user', id, email: user.email, active, roles: rolesAt(memberships, new Date(at)) };
}
