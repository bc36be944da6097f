import { text } from './letters.mjs';

/**
 * @typedef {ArrayLike<number>} Colour red, green, blue, each 0 to 255
 * @typedef {[x: number, y: number]} Point pixels from the left and from the top
 * @typedef {(x: number, y: number) => number} Distance pixels from a shape's edge, negative inside
 */

/** A picture of `width` by `height` pixels, 8 bit RGB. */
export class Canvas {
  /**
   * @param {number} width
   * @param {number} height
   */
  constructor(width, height) {
    this.width = width;
    this.height = height;
    this.pixels = new Uint8ClampedArray(width * height * 3);
  }

  /**
   * Colours every pixel by `colourAt(x, y)`.
   * @type {(colourAt: (x: number, y: number) => Colour) => void}
   */
  shade(colourAt) {
    for (let y = 0; y < this.height; y += 1) {
      for (let x = 0; x < this.width; x += 1) this.pixels.set(colourAt(x, y), (y * this.width + x) * 3);
    }
  }

  /**
   * Lays a colour over one pixel; outside the picture nothing happens.
   * @type {(x: number, y: number, colour: Colour, opacity: number) => void}
   */
  dab(x, y, colour, opacity) {
    if (x < 0 || y < 0 || x >= this.width || y >= this.height || opacity <= 0) return;
    const at = (y * this.width + x) * 3;
    for (let channel = 0; channel < 3; channel += 1) {
      const below = this.pixels[at + channel];
      this.pixels[at + channel] = below + (colour[channel] - below) * opacity;
    }
  }

  /**
   * Fills what `distance` says is inside, with a smooth edge, within a box.
   * @param {number} left
   * @param {number} top
   * @param {number} right
   * @param {number} bottom
   * @param {Distance} distance
   * @param {Colour} colour
   */
  fill(left, top, right, bottom, distance, colour, opacity = 1) {
    for (let y = Math.max(0, Math.floor(top)); y <= Math.min(this.height - 1, bottom); y += 1) {
      for (let x = Math.max(0, Math.floor(left)); x <= Math.min(this.width - 1, right); x += 1) {
        this.dab(x, y, colour, opacity * Math.min(1, Math.max(0, 0.5 - distance(x, y))));
      }
    }
  }

  /** @type {(left: number, top: number, right: number, bottom: number, colour: Colour, opacity?: number) => void} */
  rectangle(left, top, right, bottom, colour, opacity = 1) {
    /** @type {Distance} */
    const away = (x, y) => Math.max(left - x, x - right + 1, top - y, y - bottom + 1) - 0.5;
    this.fill(left - 1, top - 1, right + 1, bottom + 1, away, colour, opacity);
  }

  /** @type {(x: number, y: number, radius: number, colour: Colour, opacity?: number) => void} */
  disc(x, y, radius, colour, opacity = 1) {
    /** @type {Distance} */
    const away = (px, py) => Math.hypot(px - x, py - y) - radius;
    this.fill(x - radius - 1, y - radius - 1, x + radius + 1, y + radius + 1, away, colour, opacity);
  }

  /** @type {(x: number, y: number, radius: number, thickness: number, colour: Colour, opacity?: number) => void} */
  ring(x, y, radius, thickness, colour, opacity = 1) {
    /** @type {Distance} */
    const away = (px, py) => Math.abs(Math.hypot(px - x, py - y) - radius) - thickness / 2;
    const reach = radius + thickness;
    this.fill(x - reach, y - reach, x + reach, y + reach, away, colour, opacity);
  }

  /**
   * @param {number} x1
   * @param {number} y1
   * @param {number} x2
   * @param {number} y2
   * @param {number} thickness
   * @param {Colour} colour
   */
  line(x1, y1, x2, y2, thickness, colour, opacity = 1) {
    const length = Math.hypot(x2 - x1, y2 - y1) || 1;
    /** @type {Distance} */
    const away = (x, y) => {
      const along = ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / (length * length);
      const at = Math.min(1, Math.max(0, along));
      return Math.hypot(x - x1 - at * (x2 - x1), y - y1 - at * (y2 - y1)) - thickness / 2;
    };
    const [left, right] = [Math.min(x1, x2) - thickness, Math.max(x1, x2) + thickness];
    const [top, bottom] = [Math.min(y1, y2) - thickness, Math.max(y1, y2) + thickness];
    this.fill(left, top, right, bottom, away, colour, opacity);
  }

  /**
   * A convex shape; `corners` are x and y in turn, clockwise as seen on the screen.
   * @type {(corners: number[], colour: Colour, opacity?: number) => void}
   */
  polygon(corners, colour, opacity = 1) {
    const xs = corners.filter((_, index) => index % 2 === 0);
    const ys = corners.filter((_, index) => index % 2 === 1);
    const sides = xs.map((x1, index) => {
      const [x2, y2] = [xs[(index + 1) % xs.length], ys[(index + 1) % ys.length]];
      const length = Math.hypot(x2 - x1, y2 - ys[index]) || 1;
      return [(y2 - ys[index]) / length, (x1 - x2) / length, x1, ys[index]];
    });
    /** @type {Distance} */
    const away = (x, y) => Math.max(...sides.map(([nx, ny, px, py]) => (x - px) * nx + (y - py) * ny));
    this.fill(
      Math.min(...xs) - 1,
      Math.min(...ys) - 1,
      Math.max(...xs) + 1,
      Math.max(...ys) + 1,
      away,
      colour,
      opacity,
    );
  }

  /**
   * Writes capitals and digits, `dot` pixels to a dot of the letter (7 dots high), centred on x.
   * @type {(x: number, y: number, dot: number, words: string, colour: Colour, opacity?: number) => void}
   */
  write(x, y, dot, words, colour, opacity = 1) {
    for (const [column, row] of text(words)) {
      const left = x + column * dot;
      this.rectangle(left, y + row * dot, left + dot, y + (row + 1) * dot, colour, opacity);
    }
  }

  /** The picture as a binary PPM file. */
  ppm() {
    return Buffer.concat([Buffer.from(`P6\n${this.width} ${this.height}\n255\n`), Buffer.from(this.pixels)]);
  }
}
