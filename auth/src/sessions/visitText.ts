import type { Step, Visit } from './visit.ts';

const STEPS: Readonly<Record<Step, string>> = { agreed: 'a', atKiosk: 'k' };
/** 128 random bits, the steps, and the end in seconds since 1970, base 36. Of a fixed length but for the steps. */
const TEXT = /^([\w-]{22})-(ak?|k)-([0-9a-z]{1,9})$/;

/** A visit written as text, of characters that may stand in an address and in a token. */
export function visitOf(number: string, steps: ReadonlySet<Step>, expiresAt: Date): Visit {
  const taken = (['agreed', 'atKiosk'] as const).filter((step) => steps.has(step)).map((step) => STEPS[step]);
  const end = Math.floor(expiresAt.getTime() / 1000);
  return read(`${number}-${taken.join('')}-${end.toString(36)}`);
}

/** The visit of a text that was signed; `undefined` for any other. */
export function readVisit(text: string): Visit | undefined {
  return TEXT.test(text) ? read(text) : undefined;
}

function read(id: string): Visit {
  const [, number = '', steps = '', end = ''] = TEXT.exec(id) ?? [];
  const expiresAt = new Date(Number.parseInt(end, 36) * 1000);
  return { id, number, agreed: steps.includes('a'), atKiosk: steps.includes('k'), expiresAt };
}
