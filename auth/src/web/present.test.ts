import { describe, expect, it } from 'vitest';
import type { Decision } from '../access/decide.ts';
import type { Denial, Info, Refusal } from '../gate/verdict.ts';
import {
  presentFolder,
  presentInfo2,
  presentInfo3,
  presentProbe,
  presentRefusal,
  presentSignedInfo,
} from './present.ts';

const rule = 'a rule';
const allowed = { kind: 'allowed', rule } as const;
const atPlace = { ...allowed, byPlace: true } as const;
const locked = { kind: 'locked', rule, pattern: 'kiosk', tier: undefined } as const;
const forbidden = { kind: 'forbidden', rule, tier: undefined } as const;
const tiered = { ...locked, tier: 600 };
const never = { ...forbidden, tier: 600 };

const info = (decision: Decision): Info => {
  const shown = { kind: 'info', width: 60, height: 40, tier: undefined, pyramid: undefined } as const;
  return { ...shown, decision, accessMethod: { kind: 'open' }, toAdministrator: false };
};
const folder = (decision: Decision) =>
  ({
    kind: 'folder',
    contents: { kind: 'handmade', path: [], real: [], json: '{}', isCollection: false },
    decision,
  }) as const;
/** Status, and whether it is for nothing but the place; or the tier. */
const brief = (answer: object) => {
  const { status, byPlace, tier, signature } = answer as Record<string, unknown>;
  return [status, byPlace, tier, signature].filter((part) => part !== undefined && part !== false);
};

describe('what is decided of an image, as its status', () => {
  it.each<[string, Decision, unknown[], unknown[], unknown[]]>([
    ['allowed', allowed, [200], [200], [200]],
    ['allowed by place', atPlace, [200, true], [200], [200, true]],
    ['locked', locked, [401], [200], [401]],
    ['locked, with a tier', tiered, [302, 600], [200], [401]],
    ['forbidden', forbidden, [401], [200], [401]],
    ['forbidden, with a tier', never, [302, 600], [200], [401]],
  ])('%s: info.json of version 2 and 3, manifest', (_, decision, version2, version3, manifest) => {
    expect(brief(presentInfo2(info(decision)))).toEqual(version2);
    expect(brief(presentInfo3(info(decision)))).toEqual(version3);
    expect(brief(presentFolder(folder(decision)))).toEqual(manifest);
  });

  it('below a signature', () => {
    const shown = { kind: 'info', width: 60, height: 40, tier: undefined, pyramid: undefined } as const;
    expect(brief(presentSignedInfo({ ...shown, byPlace: true }))).toEqual([200, true]);
    expect(brief(presentSignedInfo({ ...shown, byPlace: false }))).toEqual([200]);
    expect(brief(presentSignedInfo(locked))).toEqual([401]);
  });

  it('by a probe', () => {
    const granted = { ...allowed, signature: undefined };
    expect(presentProbe(granted)).toEqual({ status: 200, byPlace: false });
    expect(presentProbe({ ...granted, byPlace: true })).toEqual({ status: 200, byPlace: true });
    expect(presentProbe({ ...granted, signature: 's' })).toEqual({ status: 302, byPlace: false, signature: 's' });
    expect(presentProbe(tiered)).toEqual({ status: 401, pattern: 'kiosk', tier: 600, rule });
    expect(presentProbe(locked)).toEqual({ status: 401, pattern: 'kiosk', tier: undefined, rule });
    expect(presentProbe(never)).toEqual({ status: 403, tier: 600, rule });
  });
});

describe('a refusal', () => {
  it.each<[Denial, number, string]>([
    [{ ...locked, pattern: 'login' }, 401, 'login_required'],
    [{ ...locked, pattern: 'clickthrough' }, 401, 'agreement_required'],
    [locked, 401, 'kiosk_required'],
    [{ ...locked, pattern: 'external' }, 401, 'place_required'],
    [forbidden, 403, 'forbidden'],
  ])('of this visitor: %o', (denial, status, error) => {
    expect(presentRefusal(denial)).toMatchObject({ kind: 'refusal', status, body: { error } });
  });

  it.each<[Refusal['kind'], number, string]>([
    ['invalid', 400, 'invalid_request'],
    ['missing', 404, 'not_found'],
    ['unreadable', 500, 'unreadable'],
    ['unavailable', 503, 'unavailable'],
  ])('of everybody, with the same words by whatever is asked: %s', (kind, status, error) => {
    const refusal: Refusal = { kind, message: 'why' };
    const answer = { kind: 'refusal', status, body: { error, message: 'why' } };
    for (const by of [presentRefusal, presentInfo2, presentInfo3, presentSignedInfo, presentFolder])
      expect(by(refusal)).toEqual(answer);
    expect(presentProbe(refusal)).toEqual({ status });
  });
});
