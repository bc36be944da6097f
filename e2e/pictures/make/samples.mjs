/** @typedef {import('./pattern.mjs').Raster} Raster */
/** @typedef {{width: number, height: number, bytes: Buffer}} Samples of any depth and number of channels */

/**
 * @param {Raster} picture
 * @returns {Samples} one channel, by the weights of Rec. 601
 */
export function grey({ width, height, bytes }) {
  return { width, height, bytes: perPixel(bytes, 1, (red, green, blue) => [luma(red, green, blue)]) };
}

/**
 * @param {Raster} picture
 * @param {(x: number, y: number) => number} alpha 0 to 255
 * @returns {Samples} four channels
 */
export function withAlpha({ width, height, bytes }, alpha) {
  let n = 0;
  return {
    width,
    height,
    bytes: perPixel(bytes, 4, (red, green, blue) => [red, green, blue, alpha(n % width, Math.floor(n++ / width))]),
  };
}

/**
 * @param {Samples} picture red, green, blue and alpha
 * @returns {Samples} colours multiplied by alpha
 */
export function premultiplied({ width, height, bytes }) {
  const result = Buffer.from(bytes);
  for (let at = 0; at < bytes.length; at += 4) {
    for (const channel of [0, 1, 2]) result[at + channel] = Math.round((bytes[at + channel] * bytes[at + 3]) / 255);
  }
  return { width, height, bytes: result };
}

/**
 * @param {Raster} picture
 * @returns {Samples} cyan, magenta, yellow and black as arithmetic has them, without a profile
 */
export function cmyk({ width, height, bytes }) {
  return {
    width,
    height,
    bytes: perPixel(bytes, 4, (red, green, blue) => {
      const black = 255 - Math.max(red, green, blue);
      if (black === 255) return [0, 0, 0, 255];
      const ink = (/** @type {number} */ value) => Math.round(((255 - value - black) * 255) / (255 - black));
      return [ink(red), ink(green), ink(blue), black];
    }),
  };
}

/**
 * @param {Raster} picture
 * @returns {Samples} CIE L*a*b* of TIFF 6.0, section 23, for D50: a and b are signed
 */
export function lab({ width, height, bytes }) {
  const eight = (/** @type {number[]} */ [l, a, b]) => [
    Math.round((l * 255) / 100),
    Math.round(a) & 255,
    Math.round(b) & 255,
  ];
  return { width, height, bytes: perPixel(bytes, 3, (...colour) => eight(labOf(...colour))) };
}

/**
 * @param {Raster} picture
 * @returns {Samples} the same with 16 bits
 */
export function deepLab({ width, height, bytes }) {
  const result = Buffer.alloc(bytes.length * 2);
  for (let at = 0; at < bytes.length; at += 3) {
    const [l, a, b] = labOf(bytes[at], bytes[at + 1], bytes[at + 2]);
    result.writeUInt16LE(Math.round((l * 65_535) / 100), at * 2);
    result.writeInt16LE(Math.round(a * 256), at * 2 + 2);
    result.writeInt16LE(Math.round(b * 256), at * 2 + 4);
  }
  return { width, height, bytes: result };
}

/**
 * @param {Raster} picture
 * @returns {{indexed: Samples, colours: number[][]}} at most 216 colours
 */
export function palette({ width, height, bytes }) {
  const step = (/** @type {number} */ value) => Math.round((value * 5) / 255);
  const colours = Array.from({ length: 216 }, (_, n) =>
    [Math.floor(n / 36), Math.floor(n / 6) % 6, n % 6].map((s) => s * 51),
  );
  const indexed = perPixel(bytes, 1, (red, green, blue) => [step(red) * 36 + step(green) * 6 + step(blue)]);
  return { indexed: { width, height, bytes: indexed }, colours };
}

/**
 * @param {Raster} picture sides are even
 * @returns {Samples} YCbCr with colours of half the width and height, as TIFF has it: four pixels, then their colour
 */
export function halved({ width, height, bytes }) {
  return { width, height, bytes: Buffer.from(quads({ width, height, bytes }).flat()) };
}

/**
 * @param {Raster} picture sides are even
 * @returns {Samples} the same, first all of Y, then all of Cb, then all of Cr
 */
export function halvedPlanes({ width, height, bytes }) {
  const result = Buffer.alloc(width * height * 1.5);
  for (const [n, [y1, y2, y3, y4, cb, cr]] of quads({ width, height, bytes }).entries()) {
    const [x, y] = [(n % (width / 2)) * 2, Math.floor(n / (width / 2)) * 2];
    result.set([y1, y2], y * width + x);
    result.set([y3, y4], (y + 1) * width + x);
    result[width * height + n] = cb;
    result[width * height * 1.25 + n] = cr;
  }
  return { width, height, bytes: result };
}

/**
 * @param {Raster} picture
 * @returns {number[][]} of four pixels: four times Y, Cb, Cr
 */
function quads({ width, height, bytes }) {
  const result = [];
  for (let y = 0; y < height; y += 2) {
    for (let x = 0; x < width; x += 2) {
      const four = [0, 1, width, width + 1].map((n) => [
        ...bytes.subarray((y * width + x + n) * 3, (y * width + x + n) * 3 + 3),
      ]);
      const [red, green, blue] = [0, 1, 2].map((channel) => four.reduce((sum, one) => sum + one[channel], 0) / 4);
      const light = 0.299 * red + 0.587 * green + 0.114 * blue;
      const values = [
        ...four.map(([r, g, b]) => luma(r, g, b)),
        128 + (blue - light) / 1.772,
        128 + (red - light) / 1.402,
      ];
      result.push(values.map((value) => Math.min(255, Math.max(0, Math.round(value)))));
    }
  }
  return result;
}

/**
 * Packs one channel of 8 bits into fewer, each row whole bytes.
 * @param {Samples} picture one channel
 * @param {1 | 2 | 4} bits
 * @returns {Samples}
 */
export function packed({ width, height, bytes }, bits) {
  const [row, most] = [Math.ceil((width * bits) / 8), 2 ** bits - 1];
  const result = Buffer.alloc(row * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const value = Math.round((bytes[y * width + x] * most) / 255);
      result[y * row + ((x * bits) >> 3)] |= value << (8 - bits - ((x * bits) & 7));
    }
  }
  return { width, height, bytes: result };
}

/** @typedef {(view: DataView, at: number, value: number, little: boolean) => void} WriteSample */

/** How a sample of 8 bits is written with more. @type {Record<'u16' | 'u32' | 'f32', {width: number, write: WriteSample}>} */
export const DEPTHS = {
  u16: {
    width: 2,
    write: (view, at, value, little) => {
      view.setUint16(at, value * 257, little);
    },
  },
  u32: {
    width: 4,
    write: (view, at, value, little) => {
      view.setUint32(at, value * 0x01010101, little);
    },
  },
  f32: {
    width: 4,
    write: (view, at, value, little) => {
      view.setFloat32(at, value / 255, little);
    },
  },
};

/**
 * @param {Samples} picture 8 bits a channel
 * @param {keyof typeof DEPTHS} depth
 * @param {{bigEndian?: boolean}} [order]
 * @returns {Samples}
 */
export function deepened({ width, height, bytes }, depth, { bigEndian = false } = {}) {
  const { width: each, write } = DEPTHS[depth];
  const result = Buffer.alloc(bytes.length * each);
  const view = new DataView(result.buffer, result.byteOffset, result.length);
  for (const [index, value] of bytes.entries()) write(view, index * each, value, !bigEndian);
  return { width, height, bytes: result };
}

/**
 * @param {Samples} picture interleaved, a byte each
 * @param {number} channels
 * @returns {Samples[]} one for each channel
 */
export function planes({ width, height, bytes }, channels) {
  return Array.from({ length: channels }, (_, channel) => ({
    width,
    height,
    bytes: Buffer.from(bytes.filter((_value, index) => index % channels === channel)),
  }));
}

/**
 * @param {Samples} picture
 * @returns {Samples} every bit the other way round
 */
export function inverted({ width, height, bytes }) {
  return { width, height, bytes: Buffer.from(bytes.map((value) => 255 - value)) };
}

/**
 * @param {Buffer} bytes
 * @param {number} channels of the result
 * @param {(red: number, green: number, blue: number) => number[]} convert
 * @returns {Buffer}
 */
function perPixel(bytes, channels, convert) {
  const result = Buffer.alloc((bytes.length / 3) * channels);
  for (let at = 0, to = 0; at < bytes.length; at += 3, to += channels) {
    const values = convert(bytes[at], bytes[at + 1], bytes[at + 2]);
    for (let channel = 0; channel < channels; channel += 1) result[to + channel] = values[channel];
  }
  return result;
}

/** @type {(red: number, green: number, blue: number) => number} */
const luma = (red, green, blue) => Math.round(0.299 * red + 0.587 * green + 0.114 * blue);

/** sRGB to CIE XYZ adapted to D50 (Bradford), as profiles have it. */
const TO_D50 = [
  [0.4360747, 0.3850649, 0.1430804],
  [0.2225045, 0.7168786, 0.0606169],
  [0.0139322, 0.0971045, 0.7141733],
];
const D50 = [0.9642, 1, 0.8249];

/** @type {(red: number, green: number, blue: number) => number[]} */
function labOf(red, green, blue) {
  const linear = [red, green, blue].map((value) =>
    value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4,
  );
  const [x, y, z] = TO_D50.map((row, index) => {
    const ratio = (row[0] * linear[0] + row[1] * linear[1] + row[2] * linear[2]) / D50[index];
    return ratio > 216 / 24_389 ? Math.cbrt(ratio) : ((24_389 / 27) * ratio + 16) / 116;
  });
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}
