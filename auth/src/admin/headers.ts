import { randomBytes } from 'node:crypto';
import type { RequestHandler, Response } from 'express';

/**
 * What every answer of the panel carries: kept by nobody, framed by nobody, and nothing loaded from another host. Styles
 * may be inline because AdminJS makes them in the browser; scripts may not, except those of {@link allowScripts}.
 */
export const securityHeaders: RequestHandler = function securityHeaders(_request, response, next) {
  response.set({
    'Cache-Control': 'no-store',
    'Content-Security-Policy': policy("'self'"),
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Referrer-Policy': 'same-origin',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
  });
  next();
};

/** Lets inline scripts run that bear the nonce which is returned, on this page only. */
export function allowScripts(response: Response): string {
  const nonce = randomBytes(16).toString('base64');
  response.set('Content-Security-Policy', policy(`'self' 'nonce-${nonce}'`));
  return nonce;
}

function policy(scripts: string): string {
  return [
    "default-src 'none'",
    `script-src ${scripts}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
