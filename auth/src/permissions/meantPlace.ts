/**
 * What to add to what is said of the name of a place that is none: an identifier, as addresses have it, was probably meant
 * as a path; a file is open or closed with all its pages.
 */
export function meantPlace(place: string): string {
  if (!place.includes('!')) return '';
  return `; probably ${place.replace(/(\.\w+)!\d+$/, '$1').replaceAll('!', '/')}`;
}
