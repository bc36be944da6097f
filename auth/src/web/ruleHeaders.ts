import type { Response } from 'express';

/** Names the rule that refused a request, for the line of the proxy's log; the proxy sends it to nobody. */
export const DENY_RULE = 'X-Deny-Rule';
/** Names the rule that decided, to administrators. */
const ACCESS_RULE = 'X-Access-Rule';

/** The longest path fits in nowhere: what names a rule in a header is cut. */
const LONGEST = 500;

/** The name of a rule as the value of a header: what is not printable ASCII as in an address. */
export function headerRule(rule: string): string {
  return rule
    .toWellFormed()
    .replace(/[^ -~]|%/gu, encodeURIComponent)
    .slice(0, LONGEST);
}

/** Notes for the log which rule refused what is answered; nothing where none did. */
export function noteRefusal(response: Response, rule: string | undefined): void {
  if (rule !== undefined) response.set(DENY_RULE, headerRule(rule));
}

/** For administrators only, and kept by nobody: the next visitor at the same browser may be another. */
export function tellRule(response: Response, rule: string): void {
  response.set(ACCESS_RULE, headerRule(rule));
}
