import type { RequestHandler, Response } from 'express';
import type { Notice } from '../access/notice.ts';

/** Finds what a rule has to say, by its name in the address of a service; where no rule says it any more, there is no such page. */
export function readNotice(noticeOf: (id: string) => Notice | undefined): RequestHandler {
  return (request, response, next) => {
    const { notice: id } = request.params;
    const notice = typeof id === 'string' ? noticeOf(id) : undefined;
    response.locals['notice'] = notice;
    next(id === undefined || notice ? undefined : 'route');
  };
}

/** What was found; `undefined` where the address names none. */
export function heldNotice(response: Response): Notice | undefined {
  return response.locals['notice'] as Notice | undefined;
}
