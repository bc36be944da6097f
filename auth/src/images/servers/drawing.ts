import { resolveRegion, resolveSize, type Dimensions, type Limits, type Rectangle } from '../../iiif/geometry.ts';
import type { ImageRequest } from '../../iiif/imageRequest.ts';
import { tileOf, tileOfWidth, type Pyramid, type PyramidTile } from '../../iiif/pyramid.ts';
import { onFullImage, pyramidShown, type Tier } from '../../iiif/tier.ts';
import { bad, good, type Parsed } from '../../shared/result.ts';
import type { ImageServer } from './imageServer.ts';
import { drawableOf, pyramidAsStored } from './rendition.ts';
import { wrongSize } from './written.ts';

/** What is drawn for an image request. */
export type Drawing = {
  /** In pixels of what is shown. */
  readonly region: Rectangle;
  /** In pixels of the full image. */
  readonly source: Rectangle;
  /** Whether it is all of what is shown. */
  readonly whole: boolean;
  /** Pixels of the answer. */
  readonly size: Dimensions;
  /** The tile of the image's pyramid that it is exactly; `undefined` where it has to be rendered. */
  readonly tile: PyramidTile | undefined;
};

/** What is shown: an image, or a tier of it. */
export type ImageOrTier = { readonly image: Dimensions; readonly pyramid: Pyramid; readonly tier: Tier | undefined };

const TOO_THIN = 'The image is so thin that nothing of it would be left at this scale; ask for more pixels.';

/** Reads a request in pixels; `bad` for what the image or its tier has not, or this image server does not draw. */
export function drawingOf(
  request: ImageRequest,
  { image, pyramid, tier }: ImageOrTier,
  server: ImageServer,
  limits: Limits,
): Parsed<Drawing> {
  const shown = tier ?? image;
  const region = resolveRegion(request.region, shown);
  if (!region.ok) return region;
  // A tier is never enlarged: its pixels are fewer, and more of them would be those of the full image.
  const upscaling = request.upscaling && tier === undefined;
  const stored = pyramidShown(pyramid, tier);
  const narrow =
    stored && request.size.kind === 'width'
      ? tileOfWidth(shown, stored, { region: region.value, width: request.size.w })
      : undefined;
  const asSize = narrow ? ({ kind: 'exact', w: narrow.width, h: narrow.height } as const) : request.size;
  const size = resolveSize({ size: asSize, upscaling }, region.value, limits);
  if (!size.ok) return size;

  const whole = region.value.width === shown.width && region.value.height === shown.height;
  const asked = { region: region.value, whole, size: size.value };
  const source = tier ? onFullImage(region.value, tier, image) : region.value;
  const own = isAsStored(request) ? stored : undefined;
  const tile = own && tileOf(shown, own, asked);
  if (tile) return good({ ...asked, source, tile: { ...tile, level: tile.level + (tier?.halvings ?? 0) } });

  const wrong = wrongSize(server, size.value);
  if (wrong !== undefined) return bad(wrong);
  if (tier !== undefined && tier.kind !== 'level') {
    const itself = whole && size.value.width === tier.width && size.value.height === tier.height;
    if (!itself) return bad(onlyPictures(tier));
    return good({ ...asked, source: { x: 0, y: 0, ...image }, tile: undefined });
  }
  const least = tier?.halvings ?? 0;
  const drawn = drawableOf(server, pyramidAsStored(pyramid), { source, size: size.value, least });
  if (!drawn) return bad(TOO_THIN);
  return good({ ...asked, source: drawn, tile: undefined });
}

/** Whether nothing is to be done to the pixels. Of colours nothing is changed where all are asked for. */
function isAsStored({ rotation, quality, format }: ImageRequest): boolean {
  const upright = rotation.degrees === 0 && !rotation.mirrored;
  return upright && (quality === 'default' || quality === 'color') && format === 'jpg';
}

function onlyPictures({ kind, width, height }: Tier): string {
  const tiles = kind === 'tiles' ? ' and the tiles of its info.json, as jpg and not turned' : ' only';
  return `Of this smaller image there is the whole picture, ${width},${height},${tiles}.`;
}
