// The one place where a verdict becomes an HTTP status.
import type { Decision } from '../access/decide.ts';
import type { Notice } from '../access/notice.ts';
import type { Pattern } from '../access/rules.ts';
import type {
  Denial,
  FolderVerdict,
  Info,
  InfoVerdict,
  ManifestVerdict,
  ProbeVerdict,
  Refusal,
  SignedInfo,
  SignedInfoVerdict,
} from '../gate/verdict.ts';

/** What every refusal looks like to a program. */
export type ErrorBody = { readonly error: string; readonly message: string };
export type RefusalAnswer = {
  readonly kind: 'refusal';
  readonly status: 400 | 401 | 403 | 404 | 500 | 503;
  readonly body: ErrorBody;
  /** Seconds; with 503 only. */
  readonly retryAfter?: number | undefined;
  /** The rule that refused, where one did; for the log. */
  readonly rule?: string;
};

/** A document is sent. `byPlace`: for nothing but the place from where it was asked for. */
export type DocumentAnswer<Content> = {
  readonly kind: 'document';
  readonly status: 200 | 401;
  readonly byPlace: boolean;
  readonly content: Content;
  /** The rule that refused what is described; for the log. */
  readonly rule?: string;
};

/** The description of a tier, so many pixels on its longer side, is sent instead. */
export type TierAnswer = { readonly kind: 'tier'; readonly status: 302; readonly tier: number; readonly rule: string };

/** What the image would answer; by `signature` in its path, or not, but its `tier` would. */
export type ProbeAnswer =
  | { readonly status: 200; readonly byPlace: boolean }
  | { readonly status: 302; readonly byPlace: boolean; readonly signature: string }
  | {
      readonly status: RefusalAnswer['status'];
      readonly pattern?: Pattern;
      readonly tier?: number | undefined;
      readonly notice?: Notice | undefined;
      readonly rule?: string;
    };

/**
 * info.json as a description resource of the Authentication API 1.0, section 3: visitors who may not see the image get 401, and
 * the whole true document with it; or 302 to the smaller image that everybody may see (section 3.2).
 */
export function presentInfo2(verdict: InfoVerdict): DocumentAnswer<Info> | TierAnswer | RefusalAnswer {
  if (verdict.kind !== 'info') return presentRefusal(verdict);
  const { decision } = verdict;
  const tier = decision.kind === 'allowed' ? undefined : decision.tier;
  return tier === undefined ? documentBy(decision, verdict) : { kind: 'tier', status: 302, tier, rule: decision.rule };
}

/**
 * info.json with the semantics of the Authorization Flow API 2.0: open to everybody, because a client of that version asks
 * for it without any token; whether the image is, the probe says.
 */
export function presentInfo3(verdict: InfoVerdict): DocumentAnswer<Info> | RefusalAnswer {
  if (verdict.kind !== 'info') return presentRefusal(verdict);
  return { kind: 'document', status: 200, byPlace: false, content: verdict };
}

/** info.json below a signature: for the holder of the address. */
export function presentSignedInfo(verdict: SignedInfoVerdict): DocumentAnswer<SignedInfo> | RefusalAnswer {
  if (verdict.kind !== 'info') return presentRefusal(verdict);
  return { kind: 'document', status: 200, byPlace: verdict.byPlace, content: verdict };
}

/** A manifest or collection; where it is protected, 401 with the document and its services. */
export function presentFolder(verdict: ManifestVerdict): DocumentAnswer<FolderVerdict> | RefusalAnswer {
  return verdict.kind === 'folder' ? documentBy(verdict.decision, verdict) : presentRefusal(verdict);
}

/** The status in the result of a probe, Authorization Flow API 2.0, section 5.2. */
export function presentProbe(verdict: ProbeVerdict): ProbeAnswer {
  if (verdict.kind !== 'allowed') {
    const { status } = presentRefusal(verdict);
    if (verdict.kind !== 'locked' && verdict.kind !== 'forbidden') return { status };
    const { tier, notice, rule } = verdict;
    return { status, tier, notice, rule, ...(verdict.kind === 'locked' && { pattern: verdict.pattern }) };
  }
  const { byPlace = false, signature } = verdict;
  return signature === undefined ? { status: 200, byPlace } : { status: 302, byPlace, signature };
}

/** What is refused, and why, to a program. */
export function presentRefusal(refusal: Denial | Refusal): RefusalAnswer {
  switch (refusal.kind) {
    case 'invalid':
      return answer(400, 'invalid_request', refusal.message);
    case 'locked':
      return { ...answer(401, ...LOCKED[refusal.pattern]), rule: refusal.rule };
    case 'forbidden':
      return { ...answer(403, 'forbidden', 'This is not open to you.'), rule: refusal.rule };
    case 'missing':
      return answer(404, 'not_found', refusal.message);
    case 'unreadable':
      return answer(500, 'unreadable', refusal.message);
    case 'unavailable':
      return { ...answer(503, 'unavailable', refusal.message), retryAfter: refusal.retryAfter };
  }
}

const LOCKED: Record<Pattern, [string, string]> = {
  login: ['login_required', 'This image is not open to everybody. Log in to see it.'],
  clickthrough: ['agreement_required', 'This image is for those who agree to the terms of its owner.'],
  kiosk: ['kiosk_required', 'This image is shown at certain places only. Open it there.'],
  external: ['place_required', 'This image is shown at certain places only.'],
};

function answer(status: RefusalAnswer['status'], error: string, message: string): RefusalAnswer {
  return { kind: 'refusal', status, body: { error, message } };
}

function documentBy<Content>(decision: Decision, content: Content): DocumentAnswer<Content> {
  if (decision.kind !== 'allowed')
    return { kind: 'document', status: 401, byPlace: false, content, rule: decision.rule };
  return { kind: 'document', status: 200, byPlace: decision.byPlace ?? false, content };
}

/** JSON that may be the value of a header: ASCII, one line. */
export function headerJson(body: ErrorBody): string {
  return JSON.stringify(body).replace(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
