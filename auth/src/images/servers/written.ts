import type { Forms } from '../../iiif/forms.ts';
import type { Dimensions } from '../../iiif/geometry.ts';
import type { Quality } from '../../iiif/imageRequest.ts';
import type { ImageServer } from './imageServer.ts';

/** What is wrong with a quality and format that this image server does not write; `undefined` where it does. */
export function wrongForm({ writes }: ImageServer, quality: Quality, format: string): string | undefined {
  const formats = Object.keys(writes);
  if (!writes[format]) return `This server writes ${formats.join(' and ')}, not ${format}.`;
  if (writes[format].includes(quality)) return undefined;
  return `${quality} is offered as ${formats.filter((other) => writes[other]?.includes(quality)).join(' and ')} here.`;
}

/** What is wrong with a size, in pixels, that this image server does not write; `undefined` where it does. */
export function wrongSize({ smallest }: ImageServer, { width, height }: Dimensions): string | undefined {
  if (Math.min(width, height) >= smallest) return undefined;
  return `This server makes no picture of less than ${smallest} pixels a side, and this one would be ${width},${height}.`;
}

/** What this image server writes, as an info.json says it. */
export function formsOf({ writes }: ImageServer): Forms {
  const each = Object.values(writes);
  const everywhere = (quality: Quality): boolean => each.every((qualities) => qualities.includes(quality));
  return { formats: Object.keys(writes), qualities: (each[0] ?? []).filter(everywhere) };
}
