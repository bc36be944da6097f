/** An image request that digilib refuses; the message is digilib's own. */
export class Refused extends Error {}

const types = { jpg: 'image/jpeg', png: 'image/png' };

/**
 * What digilib would send for the four parameters of an IIIF image address (Image API 2.1, section 4).
 * @returns {{width: number, height: number, type: string}} pixels
 * @throws {Refused}
 */
export function rendition(parameters, image) {
  const [region, size, rotation, last = ''] = parameters;
  const part = cut(region, image);
  const { width, height } = scale(size, part);
  const turn = /^!?(\d+(?:\.\d+)?)$/.exec(rotation ?? '')?.[1];
  if (turn === undefined) throw new Refused('Error parsing rotation parameter in IIIF path! ');
  const [quality, format] = last.split('.');
  if (!/^(default|native|color|gray|grey|bitonal)$/.test(quality))
    throw new Refused('Invalid quality parameter in IIIF path!');
  const type = types[format];
  if (type === undefined) throw new Refused('Invalid format parameter in IIIF path!');
  if (!(width >= 2 && height >= 2)) throw new Refused('ERROR: Other image error!');
  return Number(turn) % 180 === 90 ? { width: height, height: width, type } : { width, height, type };
}

/** The part of the image that a region means; what lies over the edge is cut off. */
function cut(region, { width, height }) {
  if (region === 'full') return { width, height };
  if (region === 'square') return { width: Math.min(width, height), height: Math.min(width, height) };
  const numbers = /^(pct:)?([\d.]+),([\d.]+),([\d.]+),([\d.]+)$/.exec(region);
  if (!numbers) throw new Refused('Error parsing range parameter in IIIF path!');
  const [x, y, w, h] = numbers.slice(2).map(Number);
  const across = numbers[1] ? width / 100 : 1;
  const down = numbers[1] ? height / 100 : 1;
  const part = { width: Math.min(width - x * across, w * across), height: Math.min(height - y * down, h * down) };
  if (!(part.width > 0 && part.height > 0)) throw new Refused('ERROR: Other image error!');
  return part;
}

function scale(size, { width, height }) {
  const round = (w, h) => ({ width: Math.round(w), height: Math.round(h) });
  if (size === 'full' || size === 'max') return round(width, height);
  const percent = /^pct:([\d.]+)$/.exec(size);
  if (percent) return round((width * percent[1]) / 100, (height * percent[1]) / 100);
  const sides = /^(!)?(\d*),(\d*)$/.exec(size);
  if (!sides || (sides[2] === '' && sides[3] === '')) throw new Refused('Error parsing size parameter in IIIF path! ');
  const [, fit, w, h] = sides;
  if (h === '') return round(w, (height * w) / width);
  if (w === '') return round((width * h) / height, h);
  const factor = Math.min(w / width, h / height);
  return fit ? round(width * factor, height * factor) : round(w, h);
}
