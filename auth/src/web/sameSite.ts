import type { NextFunction, Request, RequestHandler, Response } from 'express';

/**
 * Lets a form of our own through and no other site's: browsers say where a request comes from in `Sec-Fetch-Site`, older
 * ones in `Origin`. A client that sends neither is no browser, and has no cookies but those of its own user.
 */
export function onlyFromHere(publicUrl: string): RequestHandler {
  return function refuseOtherSites(request: Request, response: Response, next: NextFunction): void {
    const site = request.get('Sec-Fetch-Site');
    const origin = request.get('Origin');
    const fromHere = site === undefined ? origin === undefined || origin === publicUrl : site === 'same-origin';
    if (fromHere) next();
    else
      response.status(403).json({ error: 'cross_site', message: 'This can only be sent from a page of this server.' });
  };
}
