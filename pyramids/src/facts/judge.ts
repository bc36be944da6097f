import { fitnessOf, type ImageServerName } from '../headers/fitness.ts';
import type { Header } from '../headers/header.ts';
import { isShownMeanwhile } from '../headers/meanwhile.ts';
import { pagesOf } from '../headers/pages.ts';
import { REMEDIES, unsuitabilityOf, type Unsuitable } from '../headers/unsuitable.ts';
import type { Facts, Page } from '../shared/facts.ts';
import { pyramidOf } from '../shared/pyramid.ts';
import type { PageSource, Sources } from '../shared/source.ts';
import type { HeaderReading } from './headerProcess.ts';
import type { Told } from './told.ts';

/** What was found out about a master, by our own reading of its header or from another program. */
export type Finding = HeaderReading | Told;
export type Known = { readonly facts: Facts; readonly sources: Sources };

/** `makes`: whether pyramids are made at all; `maxPixels`: of a picture of which one is to be made. */
export type Conditions = { readonly server: ImageServerName; readonly makes: boolean; readonly maxPixels: number };

/** What is known of a master at a path from what was found. */
export function knownOf(finding: Finding, path: string, conditions: Conditions): Known {
  switch (finding.kind) {
    case 'header':
      return ofHeader(finding.header, conditions);
    case 'pages':
      return ofPages(finding.pages, undefined, conditions);
    case 'unknown':
      return unsuitable({ reason: finding.what ?? 'no picture, whatever its name says', remedy: REMEDIES.convert });
    case 'damaged':
      return unsuitable({ reason: finding.reason, remedy: REMEDIES.restore });
    case 'excessive':
      return unsuitable({ reason: finding.reason, remedy: REMEDIES.divide });
    case 'deadly':
      return unsuitable({ reason: finding.reason, remedy: REMEDIES.convert });
    case 'locked':
      return unsuitable({ reason: finding.reason, remedy: 'save it without a password' });
    case 'special':
      return unsuitable({ reason: finding.reason, remedy: 'take it out of the folder of the pictures' });
    case 'closed':
      return unreadable({ reason: finding.reason, remedy: openingOf(path) });
    case 'changing':
      return unreadable({ reason: finding.reason, remedy: 'nothing while somebody writes it: it is looked at again' });
    case 'failing':
    case 'slow':
      return unreadable({ reason: finding.reason, remedy: 'see whether its disk or share is well' });
  }
}

function ofHeader(header: Header, conditions: Conditions): Known {
  const unfit = unsuitabilityOf(header);
  if (unfit) return unsuitable(unfit);
  if (header.format === 'heif' || header.format === 'pdf') return unsuitable(unasked);
  const sources = pagesOf(header);
  if (header.format === 'tiff') {
    const { kind, ...pyramid } = fitnessOf(header, conditions.server);
    const [source] = sources;
    if (kind === 'fit' && 'levels' in pyramid && source) {
      const { width, height } = source;
      return picture([source], [{ width, height, form: 'fit', ...pyramid }]);
    }
  }
  const isJp2 = header.format === 'jp2' && isShownMeanwhile(header, conditions.server);
  return ofPages(sources, isJp2 ? 'jp2' : undefined, conditions);
}

/** Such are found by other programs; they are pictures that nobody has asked them about. */
const unasked: Unsuitable = { reason: 'nobody has said what is in it', remedy: REMEDIES.convert };

const unmade: Unsuitable = {
  reason: 'a picture that has to be made into a pyramid, and PYRAMIDS_SIZE is 0',
  remedy: 'set PYRAMIDS_SIZE to more, or make a pyramid of it yourself',
};

/** Pictures of which pyramids are to be made. */
function ofPages(
  sources: readonly PageSource[],
  meanwhile: Page['meanwhile'],
  { makes, maxPixels }: Conditions,
): Known {
  if (!makes && meanwhile === undefined) return unsuitable(unmade);
  const large = sources.find(({ width, height }) => width * height > maxPixels);
  if (large) {
    const megapixels = Math.ceil((large.width * large.height) / 1e6);
    const reason = `a picture of ${large.width} x ${large.height} pixels, which is ${megapixels} million; ${maxPixels / 1e6} million are allowed`;
    return unsuitable({ reason, remedy: REMEDIES.smaller });
  }
  const pages = sources.map((source): Page => {
    const size = uprightSize(source);
    return { ...size, form: 'made', ...pyramidOf(size), ...(meanwhile && { meanwhile }) };
  });
  return picture(sources, pages);
}

function uprightSize({ width, height, orientation }: PageSource) {
  return orientation >= 5 ? { width: height, height: width } : { width, height };
}

function picture(sources: readonly PageSource[], pages: readonly Page[]): Known {
  const [[source, ...moreSources], [page, ...morePages]] = [sources, pages];
  if (!source || !page) return unsuitable({ reason: 'it holds no picture', remedy: REMEDIES.restore });
  return {
    facts: { kind: 'picture', pages: [page, ...morePages] },
    sources: { kind: 'picture', pages: [source, ...moreSources] },
  };
}

function unsuitable(why: Unsuitable): Known {
  const facts = { kind: 'unsuitable', ...why } as const;
  return { facts, sources: facts };
}

function unreadable(why: Unsuitable): Known {
  const facts = { kind: 'unreadable', ...why } as const;
  return { facts, sources: facts };
}

/** What opens a file or folder, as a shell takes it whatever its name holds. */
function openingOf(path: string): string {
  const word = /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`;
  return `let everybody read it: chmod a+r ${word}`;
}
