import { createTransport } from 'nodemailer';
import type { MailSettings } from '../config/mailVariables.ts';
import { isEmail, normaliseEmail } from '../identity/checks.ts';

/** What a mail says: plain text. */
export type Letter = { readonly subject: string; readonly text: string };

/** `temporary`: the same may go later. `reason`: for who runs the server; names it, and no secret. */
export type Sent =
  { readonly kind: 'sent' } | { readonly kind: 'failed'; readonly reason: string; readonly temporary: boolean };

/** Milliseconds for all of it. Somebody may wait for the answer, behind a proxy that waits for 60 seconds. */
const PATIENCE = 20_000;
const LONGEST_REASON = 300;
/** Of nodemailer: what is between us and the server, and not what the server says. */
const TROUBLE = new Set(['ECONNECTION', 'ESOCKET', 'ETIMEDOUT', 'EDNS', 'ABORT_ERR', 'EABORT']);

/** Hands mails to the server of SMTP_URL, each on a connection of its own. Never throws, and never takes longer than 20 seconds. */
export class Mailer {
  readonly #settings: MailSettings;
  readonly #transport;
  readonly #patience: number;

  /** @param publicUrl of this server, whose name is said to the other one */
  constructor(settings: MailSettings, publicUrl: string, patience = PATIENCE) {
    this.#settings = settings;
    this.#patience = patience;
    const { host, port, tls, login } = settings.server;
    const withLogin = login && { auth: { user: login.user, pass: login.password }, forceAuth: true, requireTLS: !tls };
    this.#transport = createTransport({
      host,
      port,
      secure: tls,
      name: new URL(publicUrl).hostname,
      connectionTimeout: patience,
      greetingTimeout: patience,
      socketTimeout: patience,
      dnsTimeout: patience,
      disableFileAccess: true,
      disableUrlAccess: true,
      // A server of one's own without a login has a certificate that nobody knows, or none: as mail servers do among
      // themselves, what is encrypted to anybody is better than what is not (RFC 7435).
      tls: { rejectUnauthorized: tls || login !== undefined },
      ...withLogin,
    });
  }

  /** @param to an address that an account may have. `stop` ends the attempt */
  async send(to: string, { subject, text }: Letter, stop?: AbortSignal): Promise<Sent> {
    const { from } = this.#settings;
    // nodemailer reads lists and names out of what it is given, and would write to everybody in it.
    if (!isEmail(to)) return { kind: 'failed', reason: 'the address, which is none', temporary: false };
    const address = normaliseEmail(to);
    return this.#tried(async () => {
      await this.#transport.sendMail({
        // A copy: nodemailer writes into it.
        from: { ...from },
        to: { name: '', address },
        envelope: { from: from.address, to: [address] },
        subject,
        text,
        // Programs that say that somebody is away do not answer these (RFC 3834).
        headers: { 'Auto-Submitted': 'auto-generated' },
        signal: AbortSignal.any([AbortSignal.timeout(this.#patience), ...(stop ? [stop] : [])]),
      });
    });
  }

  /** Whether the server is there and takes user and password. */
  check(): Promise<Sent> {
    return this.#tried(() => this.#transport.verify());
  }

  async #tried(attempt: () => Promise<unknown>): Promise<Sent> {
    try {
      await attempt();
      return { kind: 'sent' };
    } catch (error) {
      const { message, code = '', responseCode } = error as Error & { code?: string; responseCode?: number };
      const temporary = responseCode === undefined ? TROUBLE.has(code) : responseCode < 500;
      const { host, port } = this.#settings.server;
      const said = message.replaceAll(/[\p{Cc}\s]+/gu, ' ').slice(0, LONGEST_REASON);
      return { kind: 'failed', reason: `the mail server ${host}:${port}: ${said}`, temporary };
    }
  }
}
