/** @typedef {{width: number, height: number}} Dimensions pixels */
/** @typedef {Dimensions & {bytes: Buffer}} Raster 8 bits a channel; three channels, red first */

/** What nearly every picture of the corpus shows. Two levels of a pyramid, and no side is whole blocks. */
export const SIZE = { width: 700, height: 500 };

const CORNER = 90;
/** Top left, top right, bottom left, bottom right: so it can be told which way up a picture is, and whether it is mirrored. */
export const CORNERS = [
  [230, 30, 30],
  [30, 160, 40],
  [40, 50, 200],
  [240, 210, 40],
];

/**
 * Draws the picture: gradients, a patch of another colour in each corner, black, greys and white in the middle, and
 * below them as many black bars as the page has for its number.
 * @param {Partial<Dimensions> & {page?: number}} [options] pages count from 1
 * @returns {Raster}
 */
export function pattern({ width = SIZE.width, height = SIZE.height, page = 1 } = {}) {
  const bytes = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const across = x / width;
      const down = y / height;
      paint(bytes, width, x, y, [60 + 135 * across, 60 + 135 * down, 200 - 135 * across]);
    }
  }
  const corner = Math.min(CORNER, Math.floor(Math.min(width, height) / 3));
  const [right, bottom] = [width - corner, height - corner];
  const places = [
    [0, 0],
    [right, 0],
    [0, bottom],
    [right, bottom],
  ];
  for (const [index, [x, y]] of places.entries()) fill(bytes, width, { x, y, w: corner, h: corner }, CORNERS[index]);
  const step = Math.floor(width / 16);
  const [left, top] = [Math.floor(width / 2) - 4 * step, Math.floor(height / 2) - step];
  for (let grey = 0; grey < 8; grey += 1) {
    const level = Math.round((grey * 255) / 7);
    fill(bytes, width, { x: left + grey * step, y: top, w: step, h: step }, [level, level, level]);
  }
  fill(bytes, width, { x: left, y: top + step, w: 8 * step, h: step }, [255, 255, 255]);
  const bar = Math.floor(step / 2);
  for (let n = 0; n < page; n += 1)
    fill(bytes, width, { x: left + bar * (1 + 2 * n), y: top + step, w: bar, h: step }, [0, 0, 0]);
  return { width, height, bytes };
}

/**
 * @param {Raster} picture
 * @returns {Buffer} a PPM
 */
export function ppm({ width, height, bytes }) {
  return Buffer.concat([Buffer.from(`P6\n${width} ${height}\n255\n`), bytes]);
}

/**
 * How a picture has to be stored for it to be upright when the orientation tag of TIFF and EXIF is obeyed.
 * @param {Raster} upright
 * @param {number} orientation 1 to 8
 * @returns {Raster}
 */
export function stored(upright, orientation) {
  const turned = orientation > 4;
  const [width, height] = turned ? [upright.height, upright.width] : [upright.width, upright.height];
  const bytes = Buffer.alloc(upright.bytes.length);
  for (let y = 0; y < upright.height; y += 1) {
    for (let x = 0; x < upright.width; x += 1) {
      const [left, top] = [x, y];
      const [right, bottom] = [upright.width - 1 - x, upright.height - 1 - y];
      // TIFF 6.0, page 36: where the stored rows and columns begin, as a person sees the picture.
      const [column, row] = [
        [left, top],
        [right, top],
        [right, bottom],
        [left, bottom],
        [top, left],
        [top, right],
        [bottom, right],
        [bottom, left],
      ][orientation - 1];
      upright.bytes.copy(
        bytes,
        (row * width + column) * 3,
        (y * upright.width + x) * 3,
        (y * upright.width + x + 1) * 3,
      );
    }
  }
  return { width, height, bytes };
}

/**
 * @param {Buffer} bytes
 * @param {number} width pixels in a row
 * @param {{x: number, y: number, w: number, h: number}} place
 * @param {readonly number[]} colour
 */
function fill(bytes, width, place, colour) {
  for (let y = place.y; y < place.y + place.h; y += 1) {
    for (let x = place.x; x < place.x + place.w; x += 1) paint(bytes, width, x, y, colour);
  }
}

/**
 * @param {Buffer} bytes
 * @param {number} width
 * @param {number} x
 * @param {number} y
 * @param {readonly number[]} colour
 */
function paint(bytes, width, x, y, colour) {
  for (const [channel, value] of colour.entries()) bytes[(y * width + x) * 3 + channel] = Math.round(value);
}
