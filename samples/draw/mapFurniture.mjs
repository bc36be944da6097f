// What old maps have around and beside the land.

/** @import { Canvas } from './canvas.mjs' */

/** The colour of all lines. */
export const ink = [58, 44, 38];

/**
 * The frame: paper, and a border of black and white pieces as on old maps.
 * @type {(canvas: Canvas, margin: number) => void}
 */
export function frame(canvas, margin) {
  const { width, height } = canvas;
  const paper = [244, 236, 214];
  for (const [left, top, right, bottom] of [
    [0, 0, width, margin],
    [0, height - margin, width, height],
    [0, 0, margin, height],
    [width - margin, 0, width, height],
  ])
    canvas.rectangle(left, top, right, bottom, paper);
  const piece = 125;
  for (let at = margin; at < width - margin; at += piece * 2) {
    const end = Math.min(at + piece, width - margin);
    canvas.rectangle(at, margin - 34, end, margin - 10, ink);
    canvas.rectangle(at, height - margin + 10, end, height - margin + 34, ink);
  }
  for (let at = margin; at < height - margin; at += piece * 2) {
    const end = Math.min(at + piece, height - margin);
    canvas.rectangle(margin - 34, at, margin - 10, end, ink);
    canvas.rectangle(width - margin + 10, at, width - margin + 34, end, ink);
  }
  for (const gap of [6, 38, 52]) {
    const [near, right, bottom] = [margin - gap, width - margin + gap, height - margin + gap];
    for (const [x1, y1, x2, y2] of [
      [near, near, right, near],
      [right, near, right, bottom],
      [right, bottom, near, bottom],
      [near, bottom, near, near],
    ])
      canvas.line(x1, y1, x2, y2, 4, ink);
  }
}

/**
 * A compass rose with sixteen points.
 * @type {(canvas: Canvas, x: number, y: number, radius: number) => void}
 */
export function rose(canvas, x, y, radius) {
  canvas.disc(x, y, radius * 1.12, [244, 236, 214], 0.55);
  canvas.ring(x, y, radius * 0.72, 5, ink);
  canvas.ring(x, y, radius * 0.66, 3, ink);
  /** @type {(turn: number, far: number) => number[]} */
  const point = (turn, far) => [x + Math.sin(turn) * far, y - Math.cos(turn) * far];
  for (const [count, offset, length] of [
    [8, Math.PI / 8, 0.6],
    [4, Math.PI / 4, 0.8],
    [4, 0, 1.05],
  ]) {
    for (let index = 0; index < count; index += 1) {
      const turn = offset + (index * 2 * Math.PI) / count;
      const tip = point(turn, radius * length);
      canvas.polygon([x, y, ...point(turn - 0.35, radius * 0.22), ...tip], [244, 236, 214]);
      canvas.polygon([x, y, ...tip, ...point(turn + 0.35, radius * 0.22)], [150, 44, 40]);
    }
  }
  canvas.write(x, y - radius * 1.4, 9, 'N', ink);
}
