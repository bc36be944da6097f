import { MODULE } from './assets.ts';
import { escapeHtml } from './html.ts';

/** `[^\n]`, not `.`, which ends at U+2028 too: JSON leaves that as it is. */
const STATE = /^ *window\.(?:REDUX_STATE|THEME) = [^\n]*$/gm;
const TITLE = /^ *<title>.*<\/title>$/m;
const GOOGLE_FONTS = /^ *<link [^>]*fonts\.googleapis\.com[^>]*>$/m;
const COMPONENTS = /<script src="([^"]*)frontend\/assets\/components\.bundle\.js">/;
const DRAWS = /<script>(?=\s*var app = )/;
const INLINE_SCRIPT = /<script>/g;

/**
 * AdminJS's page made safe. It writes its state as bare JSON into a script, so that `</script>` in anybody's name would
 * end the script and begin markup; JSON is one line, which is how it is found again. The institution's name is bare in the
 * title. The page asks Google for a font, and its two inline scripts get the `nonce` that lets them run. Our components are
 * a module in place of AdminJS's bundle, and so is the script that draws the page: modules run in their order.
 * @throws Error where the page is not built as expected: an unsafe page is worse than none.
 */
export function hardened(page: string, institution: string, nonce: string): string {
  const states = page.match(STATE) ?? [];
  const known = [TITLE, COMPONENTS, DRAWS].every((part) => part.test(page));
  if (states.length !== 2 || !known) throw new Error('AdminJS’s page has changed: see admin/page.ts.');
  return page
    .replace(STATE, (line) => line.replaceAll('<', '\\u003c'))
    .replace(TITLE, () => `<title>${escapeHtml(institution)}: administration</title>`)
    .replace(GOOGLE_FONTS, '')
    .replace(COMPONENTS, (_, root: string) => `<script type="module" src="${root}${MODULE}">`)
    .replace(DRAWS, `<script type="module" nonce="${nonce}">`)
    .replace(INLINE_SCRIPT, `<script nonce="${nonce}">`);
}
