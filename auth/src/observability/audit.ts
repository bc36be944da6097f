/** What the audit trail tells: an action, its actor, its target, and where it came from. Never a password, cookie or token. */
export type AuditEvent = {
  readonly at: Date;
  readonly action: AuditAction;
  /** E-mail address of the user who did it; `cli` for the command line, `system` for the service itself, `guest` for who opens a share link. */
  readonly actor: string;
  /** What it was done to: an e-mail address, a role, a session's id, the name of a key, a share link; of a rule the change. */
  readonly target: string;
  /** Client address (IP); empty where there is none. */
  readonly address: string;
  /** Of the rule of one place, so that it can be taken back. */
  readonly change?: AuditedRule | undefined;
};

/** What a rule was and what it became, JSON; `undefined` where there was or is none. */
export type AuditedRule = {
  readonly place: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
};

export type AuditAction =
  | 'login'
  | 'login.failed'
  | 'login.throttled'
  | 'logout'
  | 'session.end'
  | 'user.add'
  | 'user.change'
  | 'user.password'
  | 'user.invite'
  | 'user.forgot'
  | 'user.remove'
  | 'role.add'
  | 'role.change'
  | 'role.remove'
  | 'rule.change'
  | 'rule.remove'
  | 'network.change'
  | 'network.remove'
  | 'key.add'
  | 'key.revoke'
  | 'share.add'
  | 'share.use'
  | 'share.revoke'
  /** To somebody; by then it was recorded why it was to be sent. */
  | 'mail.failed'
  | 'request.add'
  | 'request.grant'
  | 'request.refuse'
  /** What was recorded just before was refused by the rules, and not done. */
  | 'refused';

export type StoredAuditEvent = AuditEvent & { readonly id: number };

/** Where the trail is kept; implemented in `database/`. There is no way to change or delete an entry. */
export interface AuditTrail {
  /** @throws StoreUnavailable; then what was to be recorded must not be done either. */
  record(event: AuditEvent): Promise<void>;
  /** Newest first. */
  list(limit: number, offset: number): Promise<StoredAuditEvent[]>;
  count(): Promise<number>;
  /** One entry; `undefined` where it is not there any more. */
  find(id: number): Promise<StoredAuditEvent | undefined>;
}
