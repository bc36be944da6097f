/**
 * @typedef {object} Tile
 * @property {string} path below the host
 * @property {number} width of the picture, pixels
 * @property {number} height
 * @property {{x: number, y: number, width: number, height: number}} region the part of the image that it shows
 */

/**
 * The tiles of an image as a viewer computes them from its info.json (Image API 2.1, section 5 and appendix A).
 * @param {{'@id': string, width: number, height: number, tiles: {width: number, scaleFactors: number[]}[]}} info
 * @returns {Tile[]}
 */
export function tilesOf({ '@id': id, width, height, tiles }) {
  const base = new URL(id).pathname;
  return tiles.flatMap(({ width: side, scaleFactors }) =>
    scaleFactors.flatMap((factor) => {
      const step = side * factor;
      const list = [];
      for (let y = 0; y < height; y += step) {
        for (let x = 0; x < width; x += step) {
          const region = { x, y, width: Math.min(step, width - x), height: Math.min(step, height - y) };
          const size = { width: Math.ceil(region.width / factor), height: Math.ceil(region.height / factor) };
          const where = `${region.x},${region.y},${region.width},${region.height}`;
          list.push({ path: `${base}/${where}/${size.width},${size.height}/0/default.jpg`, ...size, region });
        }
      }
      return list;
    }),
  );
}
