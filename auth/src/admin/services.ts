import type { Request } from 'express';
import type { Overview } from '../images/census/overview.ts';
import type { Silent } from '../images/pyramids/client.ts';
import type { User } from '../identity/user.ts';
import type { Users } from '../identity/users.ts';
import type { AuditTrail } from '../observability/audit.ts';
import type { Invited } from '../mail/invitationMail.ts';
import type { Keys } from '../keys/keys.ts';
import type { LiveSession } from '../sessions/session.ts';
import type { Requests } from '../requests/requests.ts';
import type { Shares } from '../shares/shares.ts';
import type { Sessions } from '../sessions/sessions.ts';
import type { AskWhy } from './resources/why.ts';
import type { RulesOfPanel } from './rules/ruleActions.ts';
import type { PanelWarning } from './warnings.ts';
import type { Clock } from '../shared/clock.ts';

/** What the panel works with, and where it stands. */
export type PanelServices = {
  readonly users: Users;
  /** Makes a link by which a user sets a password, and mails it where there is a mail server. Throws `Refused` for a user who is disabled. */
  readonly invite: (user: User) => Promise<Pick<Invited, 'link' | 'mailed'>>;
  readonly sessions: Sessions;
  readonly audit: AuditTrail;
  readonly rules: RulesOfPanel;
  readonly why: AskWhy;
  /** What somebody should do something about now. */
  readonly warnings: () => Promise<readonly PanelWarning[]>;
  readonly keys: Keys;
  readonly shares: Shares;
  readonly requests: Requests;
  /** How it stands with the pictures now. */
  readonly pictures: () => Promise<Overview | Silent>;
  readonly now: Clock;
  /** The live session of the account cookie, read from the store every time; rejects where the store does not answer. */
  readonly identify: (request: Request) => Promise<LiveSession | undefined>;
  /** The address of this server as its users see it, without a path. */
  readonly publicUrl: string;
  /** Shown above the navigation. */
  readonly institution: string;
  readonly rootPath: '/auth/admin';
  readonly loginPath: '/auth/iiif-login';
  readonly logoutPath: '/auth/logout';
};
