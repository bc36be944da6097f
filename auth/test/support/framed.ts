import { createContext, Script } from 'node:vm';

/** What happened in a page: what it posted to the page that holds it, and what else of a browser it touched. */
export type Ran = {
  readonly posted: readonly { readonly message: Record<string, unknown>; readonly target: unknown }[];
  /** Names of globals that it read and that no page of ours needs. */
  readonly foreign: readonly string[];
};

const ELEMENTS = /<(\/?[a-z]+|!doctype|!--)/gi;
/** What a page of the token services consists of. */
const SKELETON = '!doctype html head meta title /title /head body script /script /body /html';
const KNOWN = new Set(['window', 'document', 'fetch', 'location', 'undefined']);

/**
 * The text of the one script of a page.
 * @throws where the page holds any element, comment or end of the script more than it was made of
 */
export function scriptOf(html: string): string {
  const elements = [...html.matchAll(ELEMENTS)].map(([, name = '']) => name.toLowerCase()).join(' ');
  if (elements !== SKELETON) throw new Error(`The page has other elements: ${elements}`);
  const script = /<script nonce="[\w+/=]+">([^]*)<\/script>/.exec(html)?.[1] ?? '';
  // Without it no script can end early, nor begin a comment: there is nothing more to parse.
  if (script.includes('<')) throw new Error('The script holds a <.');
  return script;
}

/**
 * Runs the script of a page as the page of a frame: parsed by the JavaScript parser itself, in a world of its own where
 * the browser refuses to give cookies back.
 * @throws SyntaxError where it is no script
 */
export async function runFramed(html: string): Promise<Ran> {
  const posted: { message: Record<string, unknown>; target: unknown }[] = [];
  const foreign: string[] = [];
  const parent = {
    postMessage(message: Record<string, unknown>, target: unknown) {
      posted.push({ message: JSON.parse(JSON.stringify(message)) as Record<string, unknown>, target });
    },
  };
  const refuse = () => Promise.reject(new Error('refused'));
  const world: Record<string, unknown> = {
    window: Object.freeze({ parent }),
    document: Object.freeze({ requestStorageAccess: refuse }),
    fetch: refuse,
    location: Object.freeze({ href: 'about:blank' }),
  };
  const watched = new Proxy(world, {
    has(target, name) {
      if (typeof name === 'string' && !KNOWN.has(name) && !(name in target)) foreign.push(name);
      return name in target;
    },
    get(target, name) {
      if (typeof name === 'string' && !KNOWN.has(name) && !(name in target)) foreign.push(name);
      return target[name as string];
    },
  });
  new Script(scriptOf(html)).runInContext(createContext(watched), { timeout: 1000 });
  // What a refusal leads to comes a few turns later.
  await new Promise((resolve) => setImmediate(resolve));
  return { posted, foreign };
}
