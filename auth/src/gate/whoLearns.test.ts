// Who asks, and what is wrong with what is asked for: which status, which words.
import { describe, expect, it } from 'vitest';
import { folder, gateFor, NO_CREDENTIALS } from '../../test/support/gate.ts';
import { anonymous, type Subject } from '../access/subject.ts';
import { presentInfo3, presentProbe, presentRefusal } from '../web/present.ts';

const user: Subject = { ...anonymous, kind: 'user', id: 'u', email: 'u@example.org', active: true, roles: [] };
const VISITORS = {
  anonymous,
  user,
  disabled: { ...user, active: false },
  agreed: { ...anonymous, agreed: true },
  'at the place': { ...anonymous, address: '10.1.0.1', atKiosk: true },
} as const satisfies Record<string, Subject>;
type Visitor = keyof typeof VISITORS;

const folders = [
  folder('open', 'open'),
  folder('terms', 'clickthrough'),
  folder('kiosk', 'kiosk'),
  folder('network', 'external'),
  folder('never', 'denied'),
  folder('tiered', 'login', 750),
];
const whoever = (visitor: Visitor) => gateFor(VISITORS[visitor], { folders });

async function image(visitor: Visitor, rest: string): Promise<string> {
  const verdict = await whoever(visitor).image(`/iiif/images/${rest}`, NO_CREDENTIALS);
  if (verdict.kind === 'granted') return verdict.byPlace ? '200 here' : '200';
  const { status, body } = presentRefusal(verdict);
  return `${status} ${body.error}`;
}

const TILE = 'full/100,/0/default.jpg';
/** What is asked for in a folder. */
const ASKED = {
  nothing: `a.tif/${TILE}`,
  grammar: 'a.tif/full/huge/0/default.jpg',
  form: 'a.tif/full/100,/0/default.webp',
  slash: `b/a.tif/${TILE}`,
  'no such file': `none.tif/${TILE}`,
  'a file that cannot be shown': `notes.tif/${TILE}`,
  'a damaged file': `damaged.tif/${TILE}`,
  'nobody who can say': `down.tif/${TILE}`,
  'a region outside': 'a.tif/6000,0,10,10/full/0/default.jpg',
  'a size too large': 'a.tif/full/9000,/0/default.jpg',
  'no such tier': `a.tif!!400/${TILE}`,
} as const;
type Wrong = keyof typeof ASKED;

/** Of the address, or of the picture that everybody may know the size of: the same for whoever asks. */
const FOR_ALL: Partial<Record<Wrong, string>> = {
  grammar: '400 invalid_request',
  form: '400 invalid_request',
  slash: '404 not_found',
  'a region outside': '400 invalid_request',
  'a size too large': '400 invalid_request',
  'no such tier': '404 not_found',
};
/** Of the file: for those who have access, and for those who will not get it by any login, click or place. */
const OF_FILE: Partial<Record<Wrong, string>> = {
  'no such file': '404 not_found',
  'a file that cannot be shown': '404 not_found',
  'a damaged file': '500 unreadable',
  'nobody who can say': '503 unavailable',
};
const LOGIN = '401 login_required';
const FORBIDDEN = '403 forbidden';

/** Who asks, in which folder, what an image there answers, and whether what is wrong with a file is said. */
const ROWS: [Visitor, string, string, 'file' | 'secret'][] = [
  ['anonymous', 'open', '200', 'file'],
  ['anonymous', 'plain', LOGIN, 'secret'],
  ['anonymous', 'terms', '401 agreement_required', 'secret'],
  ['anonymous', 'kiosk', '401 kiosk_required', 'secret'],
  ['anonymous', 'network', '401 place_required', 'secret'],
  ['anonymous', 'never', FORBIDDEN, 'file'],
  ['anonymous', 'tiered', LOGIN, 'secret'],
  ['user', 'plain', '200', 'file'],
  ['user', 'terms', '401 agreement_required', 'secret'],
  ['user', 'network', '401 place_required', 'secret'],
  ['user', 'never', FORBIDDEN, 'file'],
  ['user', 'tiered', '200', 'file'],
  ['disabled', 'plain', FORBIDDEN, 'file'],
  ['disabled', 'tiered', FORBIDDEN, 'file'],
  ['disabled', 'open', '200', 'file'],
  ['agreed', 'terms', '200', 'file'],
  ['agreed', 'plain', LOGIN, 'secret'],
  ['at the place', 'kiosk', '200', 'file'],
  ['at the place', 'network', '200 here', 'file'],
  ['at the place', 'plain', LOGIN, 'secret'],
];

describe.each(ROWS)('an image, asked for by %s in "%s"', (visitor, where, answer, told) => {
  it.each(Object.entries(ASKED))('wrong is: %s', async (wrong, asked) => {
    const ofFile = told === 'file' ? OF_FILE[wrong as Wrong] : undefined;
    expect(await image(visitor, `${where}!${asked}`)).toBe(FOR_ALL[wrong as Wrong] ?? ofFile ?? answer);
  });
});

describe('an image', () => {
  it.each<Visitor>(['anonymous', 'user', 'disabled'])(
    'of a name without a folder: that there is nothing is no secret (%s)',
    async (visitor) => {
      expect(await image(visitor, `none.tif/${TILE}`)).toBe('404 not_found');
    },
  );

  it('without a folder, and damaged: that there is something is', async () => {
    expect(await image('anonymous', `damaged.tif/${TILE}`)).toBe(LOGIN);
  });

  it.each<Visitor>(['anonymous', 'user', 'disabled'])('its tier is for everybody (%s)', async (visitor) => {
    expect(await image(visitor, `tiered!a.tif!!750/full/100,/0/default.jpg`)).toBe('200');
    expect(await image(visitor, `tiered!a.tif!!750/full/^900,/0/default.jpg`)).toBe('400 invalid_request');
    expect(await image(visitor, `open!a.tif!!750/${TILE}`)).toBe('404 not_found');
  });

  it('is refused in words', async () => {
    const said = async (rest: string): Promise<string> => {
      const verdict = await whoever('user').image(rest, NO_CREDENTIALS);
      return 'message' in verdict ? verdict.message : verdict.kind;
    };
    expect(await said('/other')).toBe('Images are below /iiif/images/ and /iiif/3/images/.');
    expect(await said(`/iiif/images/plain!${ASKED.form}`)).toBe('This server writes jpg, not webp.');
    expect(await said(`/iiif/images/plain!${ASKED['no such file']}`)).toBe('There is no image of this identifier.');
    expect(await said(`/iiif/images/plain!notes.tif/${TILE}`)).toBe('This file cannot be shown: it is no picture.');
    expect(await said(`/iiif/images/plain!damaged.tif/${TILE}`)).toBe(
      'The file of this image is damaged or cannot be read; the log names it.',
    );
    expect(await said(`/iiif/images/plain!${ASKED['a region outside']}`)).toBe(
      'The region lies outside the image of 6000 x 4000 pixels.',
    );
    expect(await said(`/iiif/images/plain!${ASKED['no such tier']}`)).toBe(
      'There is no smaller image of this identifier.',
    );
  });
});

describe('a description and a probe: what is wrong with the identifier or the file is said to everybody', () => {
  it.each<[Visitor, string, number]>(
    (Object.keys(VISITORS) as Visitor[]).flatMap((visitor): [Visitor, string, number][] => [
      [visitor, 'plain!%', 400],
      [visitor, 'plain!none.tif', 404],
      [visitor, 'plain!notes.tif', 404],
      [visitor, 'plain!damaged.tif', 500],
      [visitor, 'plain!down.tif', 503],
      [visitor, 'plain!a.tif!!99', 404],
      [visitor, 'tiered!a.tif!!750', 200],
      [visitor, 'open!a.tif', 200],
    ]),
  )('%s, %s: %i', async (visitor, identifier, status) => {
    const gate = whoever(visitor);
    expect(presentInfo3(await gate.info(identifier, NO_CREDENTIALS)).status).toBe(status);
    expect(presentProbe(await gate.probe(identifier, NO_CREDENTIALS)).status).toBe(status);
  });

  it.each(ROWS)('the probe of %s in "%s" says what the image would answer: %s', async (visitor, where, answer) => {
    const verdict = await whoever(visitor).probe(`${where}!a.tif`, NO_CREDENTIALS);
    expect(presentProbe(verdict).status).toBe(Number.parseInt(answer, 10));
  });
});
