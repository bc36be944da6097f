import { SingleFlight } from '../../shared/singleFlight.ts';
import { pictureVersion, type Picture } from '../picture.ts';
import type { Pages } from '../pyramids/answers.ts';
import type { ImageStatus } from './facts.ts';
import { masterOf, type Keyed, type KnownFacts } from './knownFacts.ts';

/** What is known of single images that are about to be shown. */
export class ImageFacts {
  readonly #known: KnownFacts;
  readonly #asking = new SingleFlight<ImageStatus | undefined>();

  constructor(known: KnownFacts) {
    this.#known = known;
  }

  /** Found out once for each state of a file; that it is broken, or that nobody answers, is asked again. */
  async of(file: Picture): Promise<ImageStatus> {
    const image = this.#known.keyed(file);
    return this.#status(image) ?? (await this.#asking.do(image.key, () => this.#ask(image))) ?? this.#settled(image);
  }

  /** `undefined` where the answer is known by now. */
  async #ask(image: Keyed): Promise<ImageStatus | undefined> {
    const unknown = await this.#known.unknown([image]);
    const silent = await this.#known.ask(unknown, 'folder');
    return silent && { kind: 'unavailable', reason: silent.reason };
  }

  #settled(image: Keyed): ImageStatus {
    return this.#status(image) ?? { kind: 'unavailable', reason: 'it is not known any more' };
  }

  #status(image: Keyed): ImageStatus | undefined {
    const why = this.#known.unservable(image);
    if (why) return { kind: why.kind, reason: why.reason };
    const pages = this.#known.pages(image);
    return pages && statusOf(image, pages);
  }
}

/** Of the page that is named; a file of several pages is a folder of them, and a single picture has no pages. */
function statusOf(image: Keyed, pages: Pages): ImageStatus {
  const { file, key } = image;
  const several = pages.length > 1;
  if (several && file.page === 0) {
    const name = file.path.at(-1) ?? '';
    return { kind: 'missing', message: `This file has ${pages.length} pages: ${name}!1 to ${name}!${pages.length}.` };
  }
  const number = Math.max(0, file.page - 1);
  const page = several || file.page === 0 ? pages[number] : undefined;
  if (!page) return { kind: 'missing', message: 'There is no image of this identifier.' };
  const { width, height, tile, levels, native } = page;
  const from = { master: masterOf(image), page: number };
  const version = pictureVersion(key, page);
  return { kind: 'image', width, height, version, pyramid: { tile, levels, native }, from };
}
