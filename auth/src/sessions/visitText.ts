import type { Step, Visit } from './visit.ts';

/** Share links that one visit holds: the cookie is sent with each tile. The one that was opened first goes. */
const MOST_SHARES = 8;
/**
 * 128 random bits, the steps, the end in seconds since 1970, base 36, and 16 characters for each share link. What stands
 * before and behind the end is of a fixed length.
 */
const TEXT = /^([\w-]{22})-(ak?|k|)-([0-9a-z]{1,9})(?:-((?:[0-9a-f]{16}){1,8}))?$/;

/** A visit written as text, of characters that may stand in an address and in a token. */
function visitOf({ number, agreed, atKiosk, shares, expiresAt }: Omit<Visit, 'id'>): Visit {
  const end = Math.floor(expiresAt.getTime() / 1000).toString(36);
  const steps = (agreed ? 'a' : '') + (atKiosk ? 'k' : '');
  return read([number, steps, end, ...(shares.length > 0 ? [shares.join('')] : [])].join('-'));
}

/** A visit with a step more. */
export function withStep(visit: Omit<Visit, 'id'>, step: Step): Visit {
  if (typeof step === 'string') return visitOf({ ...visit, [step]: true });
  const others = visit.shares.filter((id) => id !== step.share);
  return visitOf({ ...visit, shares: [step.share, ...others].slice(0, MOST_SHARES) });
}

/** The visit of a text that was signed; `undefined` for any other. */
export function readVisit(text: string): Visit | undefined {
  return TEXT.test(text) ? read(text) : undefined;
}

function read(id: string): Visit {
  const [, number = '', steps = '', end = '', shares = ''] = TEXT.exec(id) ?? [];
  const expiresAt = new Date(Number.parseInt(end, 36) * 1000);
  return {
    id,
    number,
    agreed: steps.includes('a'),
    atKiosk: steps.includes('k'),
    shares: shares.match(/.{16}/g) ?? [],
    expiresAt,
  };
}
