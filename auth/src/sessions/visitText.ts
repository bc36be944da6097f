import { GENERAL_TERMS } from '../shared/terms.ts';
import type { Step, Visit } from './visit.ts';

/** Terms and share links that one visit holds: the cookie is sent with each tile. The one that came first goes. */
const MOST_TERMS = 8;
const MOST_SHARES = 8;
/**
 * 128 random bits; the steps: `a` for the terms of the institution, `t` and 12 characters for others, the last one first, `k` for
 * the kiosk; the end in seconds since 1970, base 36; and 16 characters for each share link. None can be read in two ways.
 */
const TEXT = /^([\w-]{22})-((?:a|t[0-9a-f]{12}){0,8})(k?)-([0-9a-z]{1,9})(?:-((?:[0-9a-f]{16}){1,8}))?$/;
const TERMS = /a|t[0-9a-f]{12}/g;

/** A visit written as text, of characters that may stand in an address and in a token. */
function visitOf({ number, terms, atKiosk, shares, expiresAt }: Omit<Visit, 'id'>): Visit {
  const end = Math.floor(expiresAt.getTime() / 1000).toString(36);
  const agreed = terms.map((one) => (one === GENERAL_TERMS ? 'a' : `t${one}`));
  const steps = [...agreed, atKiosk ? 'k' : ''].join('');
  return read([number, steps, end, ...(shares.length > 0 ? [shares.join('')] : [])].join('-'));
}

/** A visit with a step more. */
export function withStep(visit: Omit<Visit, 'id'>, step: Step): Visit {
  if (step === 'atKiosk') return visitOf({ ...visit, atKiosk: true });
  if ('terms' in step) return visitOf({ ...visit, terms: withFirst(step.terms, visit.terms, MOST_TERMS) });
  return visitOf({ ...visit, shares: withFirst(step.share, visit.shares, MOST_SHARES) });
}

/** The visit of a text that was signed; `undefined` for any other. */
export function readVisit(text: string): Visit | undefined {
  return TEXT.test(text) ? read(text) : undefined;
}

function read(id: string): Visit {
  const [, number = '', terms = '', kiosk = '', end = '', shares = ''] = TEXT.exec(id) ?? [];
  return {
    id,
    number,
    terms: (terms.match(TERMS) ?? []).map((one) => (one === 'a' ? GENERAL_TERMS : one.slice(1))),
    atKiosk: kiosk !== '',
    shares: shares.match(/.{16}/g) ?? [],
    expiresAt: new Date(Number.parseInt(end, 36) * 1000),
  };
}

function withFirst(one: string, others: readonly string[], most: number): readonly string[] {
  return [one, ...others.filter((other) => other !== one)].slice(0, most);
}
