import type { RequestHandler } from 'express';

export const HEALTH_PATH = '/auth/health';
const FULL = 'The disk of DATA_DIR is full: nobody can log in, and nothing is recorded.';
const NO_ROOM_FOR_TILES = 'The disk of the finished tiles is full: images are made again each time.';

type Health = { readonly healthy: () => Promise<boolean>; readonly diskIsFull: () => Promise<boolean> };

/** The proxy says of the disk of the finished tiles what it knows: images go on without it. */
export function healthStep({ healthy, diskIsFull }: Health): RequestHandler {
  return async function answerHealth(request, response) {
    const [ok, full] = await Promise.all([healthy().catch(() => false), diskIsFull().catch(() => false)]);
    response.status(ok && !full ? 200 : 503).set('Cache-Control', 'no-store');
    if (!ok) response.json({ status: 'unavailable' });
    else if (full) response.json({ status: 'disk_full', message: FULL });
    else response.json({ status: 'ok', ...(request.get('X-No-Room-For-Tiles') && { message: NO_ROOM_FOR_TILES }) });
  };
}
