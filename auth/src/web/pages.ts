import { fileURLToPath } from 'node:url';
import { randomBytes } from 'node:crypto';
import ejs from 'ejs';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import helmet from 'helmet';
import { languageOf, speechOf } from './texts/speech.ts';

const VIEWS = fileURLToPath(new URL('./views/', import.meta.url));
export const STYLESHEET = `${VIEWS}style.css`;
/** For operators and scripts, and what share links lead to: these have no words in another language yet. */
const ENGLISH_ONLY = /^(?:demo|selftest|token)/;

/**
 * Headers of a page that people use. Never a Cross-Origin-Opener-Policy: a viewer that opened the tab would take it for
 * closed at once, and ask for the token before anybody has logged in.
 */
export function pageHeaders(): RequestHandler {
  return steps({ frameAncestors: ["'none'"], frameOptions: { action: 'deny' } });
}

/** Headers of the page that a viewer loads in a hidden frame: any page may frame it, wherever the viewer itself is framed. */
export function frameHeaders(): RequestHandler {
  return steps({ frameAncestors: ['*'], frameOptions: false });
}

/** The same where the page around it may have been denied its origin (sandbox), which `*` does not cover. */
export function anyFrameHeaders(): RequestHandler {
  return steps({ frameAncestors: undefined, frameOptions: false });
}

/**
 * Headers of a page that holds frames of ours, and may be in one. `origin`: where its frames, pictures and answers come
 * from. Where the page is denied its own origin (sandbox), WebKit finds nothing in `'self'`, so the name is needed.
 */
export function holderHeaders(origin = "'self'"): RequestHandler {
  const loads = { frameSrc: [origin], imgSrc: [origin], connectSrc: [origin] };
  return steps({ frameAncestors: ["'self'"], frameOptions: { action: 'sameorigin' }, loads });
}

/** Headers of a viewer: its scripts are files of ours; what it shows and asks is anywhere. */
export function viewerHeaders(): RequestHandler {
  const loads = { scriptSrc: ["'self'"], frameSrc: ['*'], connectSrc: ['*'], imgSrc: ['*'] };
  return steps({ frameAncestors: ["'none'"], frameOptions: { action: 'deny' }, loads });
}

type Framing = {
  readonly frameAncestors: string[] | undefined;
  readonly frameOptions: { action: 'deny' | 'sameorigin' } | false;
  /** Other than what pages load: scripts with a nonce, and styles, pictures and answers of ours. */
  readonly loads?: Record<string, string[]>;
};

function steps({ frameAncestors, frameOptions, loads }: Framing): RequestHandler {
  return function setPageHeaders(request: Request, response: Response, next: NextFunction): void {
    const nonce = randomBytes(16).toString('base64');
    response.locals['nonce'] = nonce;
    response.set('Cache-Control', 'no-store');
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'none'"],
          scriptSrc: [`'nonce-${nonce}'`],
          styleSrc: ["'self'"],
          imgSrc: ["'self'"],
          connectSrc: ["'self'"],
          baseUri: ["'none'"],
          formAction: ["'self'"],
          ...(frameAncestors && { frameAncestors }),
          ...loads,
        },
      },
      crossOriginOpenerPolicy: false,
      crossOriginResourcePolicy: frameOptions === false ? { policy: 'cross-origin' } : { policy: 'same-origin' },
      // The proxy's to say, on every answer and once: it is the one that speaks https.
      strictTransportSecurity: false,
      xFrameOptions: frameOptions,
      // With no-referrer, browsers call the origin of our own form "null".
      referrerPolicy: { policy: 'same-origin' },
    })(request, response, next);
  };
}

/** Renders a view with what it needs and nothing else: never a request, never a session. */
export async function sendPage(
  response: Response,
  status: number,
  view: string,
  data: Record<string, unknown>,
): Promise<void> {
  const speech = speechOf(ENGLISH_ONLY.test(view) ? 'en' : languageOf(response));
  const locals = { ...data, ...speech, nonce: response.locals['nonce'] as string };
  const html = await ejs.renderFile(`${VIEWS}${view}.ejs`, locals, { cache: true, strict: true, localsName: 'page' });
  response.status(status).type('html').send(html);
}
