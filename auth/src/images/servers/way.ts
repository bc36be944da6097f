import type { ImageRequest } from '../../iiif/imageRequest.ts';
import type { PyramidTile } from '../../iiif/pyramid.ts';
import type { RenderingSource } from '../facts/readiness.ts';
import type { Drawing, ImageOrTier } from './drawing.ts';
import type { ImageServer } from './imageServer.ts';
import { priceOf } from './price.ts';
import { drawableOf, isJpeg2000, pathOf, readFor, storedAt } from './rendition.ts';

/** Whom the proxy asks for a drawing, by the path, and what it costs there ({@link priceOf}; as it is stored: 0). */
export type Way = { readonly path: string; readonly price: number };

/**
 * A tile as it is stored comes from pyramids, everything else is rendered by the image server. `undefined` where that can
 * only be done once the pyramid is made: a JPEG 2000 that is shown meanwhile has other levels.
 */
export function wayTo(
  { source, native, reduced }: RenderingSource,
  { image, pyramid, tier, drawing }: ImageOrTier & { readonly drawing: Drawing },
  request: ImageRequest,
  server: ImageServer,
): Way | undefined {
  const { tile, size } = drawing;
  if (tile && native) return { path: tilePath(source, tile), price: 0 };
  if (tile && Math.min(size.width, size.height) < server.smallest) return undefined;
  // Any other rendering would be another sample of the full image.
  if (tier?.kind === 'tiles' && !(drawing.whole && size.width === tier.width && size.height === tier.height)) return;
  const stored = storedAt(source, image, pyramid);
  const wanted = { source: drawing.source, size, least: tier?.kind === 'level' ? tier.halvings : 0 };
  const region = tile || isJpeg2000(source) ? drawableOf(server, stored, wanted) : drawing.source;
  if (!region) return undefined;
  const drawn = copyFor(drawing, reduced) ?? {
    source,
    stored,
    region,
    read: readFor(server, stored, { ...wanted, source: region }),
  };
  const { rotation, quality, format } = request;
  return {
    path: pathOf(server, drawn.stored, { ...drawn, size, rotation, quality, format }),
    price: priceOf(server, { ...drawn, size }),
  };
}

/** A whole picture is drawn of a copy that has as many pixels as are wanted, if there is one. */
function copyFor({ whole, size }: Drawing, reduced: RenderingSource['reduced']) {
  if (!reduced || !whole || size.width > reduced.width || size.height > reduced.height) return;
  const { source, width, height } = reduced;
  return { source, stored: { image: reduced, levels: 1 }, region: { x: 0, y: 0, width, height }, read: reduced };
}

/** Of the service `pyramids`. */
function tilePath(source: string, { level, column, row, width, height }: PyramidTile): string {
  return `/tiles/${source}/${level}/${column},${row}/${width},${height}`;
}
