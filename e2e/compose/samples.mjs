/** The sample images by their public identifiers, as an address spells them, with their sizes in pixels. */
export const samples = [
  { id: 'Fotos%20K%C3%B6ln!page2.tif', width: 3000, height: 2000 },
  { id: 'Fotos%20K%C3%B6ln!page10.jp2', width: 2000, height: 2800 },
  { id: 'Fotos%20K%C3%B6ln!Details!chart.tif', width: 2400, height: 1600 },
  { id: 'maps!island.tif', width: 4000, height: 3000 },
  { id: 'maps!sky.jp2', width: 2800, height: 2000 },
];

export const island = '/iiif/images/maps!island.tif';
/** One that the image server draws, and the tile cache keeps; and one that lies in the image as it is. */
export const islandTile = `${island}/1024,1024,512,512/512,512/0/default.jpg`;
export const nativeTile = `${island}/1024,1024,256,256/256,256/0/default.jpg`;
