import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';

/** A mail as it came: for whom the envelope says it is, its headers as they are written, and its text. */
type Received = { readonly to: readonly string[]; readonly from: string; readonly head: string; readonly text: string };

type Options = {
  /** PEM. */
  readonly tls?: { readonly certificate: string; readonly key: string };
  /** TLS from the first byte. */
  readonly secure?: boolean;
  /** Without it everybody may send. */
  readonly login?: { readonly user: string; readonly password: string };
  /** What it says of a recipient; nothing where it takes the mail. May keep the client waiting. */
  readonly refuses?: (address: string) => string | undefined | Promise<string | undefined>;
  /** 0 for a free one. */
  readonly port?: number;
};

/** A mail server of tests, with the protocol that real ones speak. */
export class MailServer {
  readonly mails: Received[] = [];
  /** Connections with TLS. */
  secured = 0;
  connections = 0;
  readonly #server: SMTPServer;

  static async start(options: Options = {}): Promise<MailServer> {
    const server = new MailServer(options);
    await new Promise<void>((resolve) => server.#server.listen(options.port ?? 0, '127.0.0.1', resolve));
    return server;
  }

  private constructor({ tls, secure = false, login, refuses }: Options) {
    this.#server = new SMTPServer({
      secure,
      ...(tls && { cert: tls.certificate, key: tls.key }),
      hideSTARTTLS: !tls,
      authOptional: !login,
      disabledCommands: login ? [] : ['AUTH'],
      closeTimeout: 100,
      onConnect: (_session, done) => {
        this.connections += 1;
        done();
      },
      onAuth: ({ username, password }, _session, done) => {
        const right = username === login?.user && password === login?.password;
        done(right ? null : new Error('wrong user or password'), { user: username });
      },
      onRcptTo: ({ address }, _session, done) => {
        void Promise.resolve(refuses?.(address)).then((said) => {
          const [, code, words] = /^(\d{3}) (.*)$/.exec(said ?? '') ?? [];
          done(code === undefined ? null : Object.assign(new Error(words), { responseCode: Number(code) }));
        });
      },
      onData: (stream, { envelope, secure: isSecured }, done) => {
        void text(stream).then((raw) => {
          if (isSecured) this.secured += 1;
          const end = raw.indexOf('\r\n\r\n');
          const head = raw.slice(0, end).replaceAll(/\r\n[ \t]+/g, ' ');
          const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
          const to = envelope.rcptTo.map(({ address }) => address);
          this.mails.push({ to, from, head, text: decoded(head, raw.slice(end + 4)) });
          done();
        });
      },
    });
    this.#server.on('error', () => undefined);
  }

  get port(): number {
    return (this.#server.server.address() as AddressInfo).port;
  }

  get url(): string {
    return `smtp://127.0.0.1:${this.port}`;
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#server.close(() => {
        resolve();
      });
    });
  }
}

function decoded(head: string, body: string): string {
  if (/^Content-Transfer-Encoding: base64$/im.test(head)) return Buffer.from(body, 'base64').toString();
  if (!/^Content-Transfer-Encoding: quoted-printable$/im.test(head)) return body.replaceAll('\r\n', '\n').trimEnd();
  const bytes = body
    .replaceAll('=\r\n', '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString().replaceAll('\r\n', '\n').trimEnd();
}
