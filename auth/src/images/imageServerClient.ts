import type { Dimensions } from '../iiif/geometry.ts';
import type { ImageServer, Master } from './imageServer.ts';

export type Answer<T> =
  | { readonly kind: 'ok'; readonly value: T }
  | { readonly kind: 'unsupported' | 'unreadable' | 'unavailable'; readonly reason: string };

/** Milliseconds. An untiled JPEG 2000 may take its time; a viewer’s patience ends before this. */
const PATIENCE = 20_000;
/** The longer side, in pixels, of the rendition that shows whether an image can be rendered at all. */
const TRIAL = 16;
const JPEG_START = [0xff, 0xd8, 0xff];

/** Asks the image server about an image; tiles do not come this way. */
export class ImageServerClient {
  readonly #server: ImageServer;
  readonly #url: string;

  constructor(server: ImageServer, url: string) {
    this.#server = server;
    this.#url = url.replace(/\/$/, '');
  }

  /** True width and height, in pixels, from the image server's own info.json. */
  async size(master: Master): Promise<Answer<Dimensions>> {
    const answer = await this.#get(this.#server.infoPath(master));
    if (answer.kind !== 'ok') return answer;
    const size = sizeFrom(answer.value.toString('utf8'));
    // iipsrv answers an untiled TIFF with 404 and a word, digilib a file it cannot decode with 200 and nothing.
    return size ? { kind: 'ok', value: size } : { kind: 'unreadable', reason: 'the image server gives no size for it' };
  }

  /** Whether the image can be rendered: a damaged file may have a size and no pixels. */
  async trial({ path, version }: Master, image: Dimensions): Promise<Answer<undefined>> {
    const scale = Math.min(1, TRIAL / Math.max(image.width, image.height));
    const size = { width: Math.ceil(image.width * scale), height: Math.ceil(image.height * scale) };
    const rotation = { degrees: 0, mirrored: false } as const;
    const rendition = { path, version, region: undefined, size, rotation, quality: 'default', format: 'jpg' } as const;
    const answer = await this.#get(this.#server.imagePath(rendition));
    if (answer.kind !== 'ok') return answer;
    return JPEG_START.every((byte, index) => answer.value[index] === byte)
      ? { kind: 'ok', value: undefined }
      : { kind: 'unreadable', reason: 'the image server renders no picture from it' };
  }

  async #get(path: string): Promise<Answer<Buffer>> {
    let response: Response;
    let body: Buffer;
    try {
      ({ response, body } = await this.#fetch(path));
      // A process of the image server that died over another image: no word about this one, and the next is alive.
      if (response.status === 500) ({ response, body } = await this.#fetch(path));
    } catch (error) {
      return { kind: 'unavailable', reason: describe(error) };
    }
    if (response.ok) return { kind: 'ok', value: body };
    const text = body.toString('utf8');
    if (response.status >= 502) return { kind: 'unavailable', reason: `it answers ${response.status}` };
    if (/not tiled/i.test(text)) return { kind: 'unsupported', reason: 'a TIFF without tiles' };
    if (response.status === 400 && /IIPImage Server/.test(text))
      return { kind: 'unsupported', reason: 'of another kind than its name says' };
    return { kind: 'unreadable', reason: `the image server answers ${response.status}` };
  }

  async #fetch(path: string): Promise<{ response: Response; body: Buffer }> {
    const response = await fetch(this.#url + path, { signal: AbortSignal.timeout(PATIENCE), redirect: 'error' });
    return { response, body: Buffer.from(await response.arrayBuffer()) };
  }
}

function sizeFrom(text: string): Dimensions | undefined {
  let info: unknown;
  try {
    info = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { width, height } = (info ?? {}) as { width?: unknown; height?: unknown };
  return isLength(width) && isLength(height) ? { width, height } : undefined;
}

function isLength(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0;
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? `: ${error.cause.message}` : '';
  return error.message + cause;
}
