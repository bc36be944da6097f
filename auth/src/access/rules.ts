import type { Resource } from './resource.ts';
import type { Subject } from './subject.ts';

/** How one can come to see what one may not see yet: the interaction patterns of both IIIF authorization APIs. */
export type Pattern = 'login' | 'clickthrough' | 'kiosk' | 'external';

/** The way to an image for who has nothing yet. `tier`: longer side, in pixels, of the smaller image for everybody. */
export type Way = { readonly kind: 'open' } | { readonly kind: Pattern; readonly tier: number | undefined };

/** Not to this visitor now, but by this way; and meanwhile as a smaller image, `tier` pixels on its longer side. */
export type Offer = { readonly offer: Pattern | 'nothing'; readonly tier?: number | undefined };

/** `deny` offers the login to who is not logged in, and nothing to others. */
export type Judgement = 'allow' | 'deny' | Offer;

/** One rule: judges, or says nothing (`undefined`) where it does not apply. Pure: no I/O, no clock but `now`. */
export type Rule = {
  readonly name: string;
  readonly judge: (subject: Subject, resource: Resource, now: Date) => Judgement | undefined;
};

const activeUsersSeeEverything: Rule = {
  name: 'active users see everything',
  judge: (subject) => (subject.kind === 'user' && subject.active ? 'allow' : undefined),
};

/** The rules of this server, asked from the top; the first that says something decides, and at the end it is no. */
export const rules: readonly Rule[] = [activeUsersSeeEverything];
