const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** Natural order: page2 before page10; where two differ only in case or accents, by code points, so always the same. */
export function naturally(a: string, b: string): number {
  return collator.compare(a, b) || (a < b ? -1 : Number(a > b));
}

/** Extensions of pictures, lower case. What a file is, its content says; other files are not looked at. */
const PICTURES = new Set(
  (
    'arw avif bmp cr2 cr3 dcm dng eps exr gif heic heif j2c j2k jls jp2 jpc jpe jpeg jpf jpg jph jpm jpx jxl nef orf pbm ' +
    'pdf pgm png pnm ppm psb psd ptif raf rw2 svg tga tif tiff webp'
  ).split(' '),
);

/** Whether a name ends as that of a picture does. */
export function isNamedPicture(name: string): boolean {
  const dot = name.lastIndexOf('.');
  return dot > 0 && PICTURES.has(name.slice(dot + 1).toLowerCase());
}
