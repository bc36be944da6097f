import type { MailSettings } from './mailVariables.ts';
import type { LogLevel } from './schema.ts';
import type { TextSetting } from './texts.ts';

/** Everything an operator can set, checked and settled once at the start. Deeply frozen. */
export type Config = {
  /** Origin that visitors type, without a trailing slash: `http://localhost:8080`. */
  readonly publicUrl: string;
  /** Name shown in labels and on pages. */
  readonly institution: string;
  readonly listen: { readonly address: string; readonly port: number };
  readonly images: {
    /** Absolute path. */
    readonly directory: string;
    readonly server: 'iipsrv' | 'digilib';
    /** Dots per inch at which pages of PDFs are drawn. */
    readonly pdfDpi: number;
    /** Without a trailing slash. */
    readonly pyramidsUrl: string;
    /** Pixels. */
    readonly maxWidth: number;
    /** Pixels. */
    readonly maxHeight: number;
    /** Square pixels. */
    readonly maxArea: number;
  };
  readonly manifests: {
    /** Absolute path of the hand-made manifests. */
    readonly directory: string | undefined;
    /** Where no rule says it. */
    readonly protected: boolean;
  };
  /** Who sees what no rule is about. */
  readonly defaultRule: 'users' | 'everyone' | 'nobody';
  readonly database:
    | {
        readonly type: 'sqlite';
        /** Absolute path. */
        readonly file: string;
      }
    | { readonly type: 'postgres'; readonly url: string };
  /** Absolute path. */
  readonly dataDirectory: string;
  readonly secretKey: string;
  readonly passwordSalt: string;
  readonly admin: { readonly email: string; readonly password: string | undefined };
  /** Where nothing is sent, `undefined`. */
  readonly mail: MailSettings | undefined;
  /** Seconds. */
  readonly tokenLifetime: number;
  /** Seconds. */
  readonly sessionLifetime: number;
  /** Days. */
  readonly auditRetention: number;
  /** Texts of the operator. */
  readonly texts: TextSetting;
  /** Whether there is a demonstration. */
  readonly demo: boolean;
  /** Origins whose viewers get tokens that open images too. */
  readonly trustedOrigins: readonly string[];
  /** Addresses and networks of proxies in front. */
  readonly trustedProxies: readonly string[];
  /** True where browsers accept `Secure` cookies: https, and plain http on this very machine. */
  readonly secureCookies: boolean;
  readonly logLevel: LogLevel;
};
