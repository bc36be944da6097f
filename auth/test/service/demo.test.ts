import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_ROLE } from '../../src/access/demoAccount.ts';
import { DEMO_ACCOUNT, settleDemoAccount } from '../../src/identity/demoAccount.ts';
import { countHeader, type Answer } from '../support/ask.ts';
import { askToken, posted, VIEWER } from '../support/auth1.ts';
import { READER, Vitrine } from '../support/vitrine.ts';

const FOLDERS = ['open', 'login', 'clickthrough', 'kiosk', 'external', 'tiered', 'denied', 'expired'];
const files = [
  ...FOLDERS.map((folder) => `demo/${folder}/${folder}.tif`),
  'demo/two/terms/a.tif',
  'demo/two/login/b.tif',
];
const NAMES = [...FOLDERS, 'two'];

/** What the images of a pattern offer, in the order of the canvases: profile of 1.0, profile of 2.0. */
const SERVICES: Record<string, [string, string][]> = {
  open: [['', '']],
  login: [['login', 'active']],
  clickthrough: [['clickthrough', 'active']],
  kiosk: [['kiosk', 'kiosk']],
  external: [['external', 'external']],
  tiered: [['login', 'active']],
  two: [
    ['clickthrough', 'active'],
    ['login', 'active'],
  ],
  denied: [['login', 'active']],
  expired: [['login', 'active']],
};

type Service = { profile: string; service?: Service[] };
type Manifest2 = { sequences: { canvases: { images: { resource: { service: Service } }[] }[] }[] };
type Manifest3 = { items: { items: { items: { body: { service: [Service, Service] } }[] }[] }[] };

let vitrine: Vitrine;
beforeAll(async () => {
  vitrine = await Vitrine.start({ env: { DEMO: 'true' }, files: [...files, 'maps/island.tif'] });
  await settleDemoAccount(vitrine.users, true, DEMO_ROLE);
});
afterAll(() => vitrine.stop());

const manifest = (name: string, version: 2 | 3) => vitrine.ask(`/demo/${name}/manifest${version}.json`);
const info = (name: string, headers: Record<string, string> = {}) =>
  vitrine.ask(`/iiif/images/demo!${name}!${name}.tif/info.json`, { headers });
const probe = async (name: string, headers: Record<string, string> = {}) =>
  (await vitrine.ask(`/auth/iiif/2/probe/demo!${name}!${name}.tif`, { headers })).json();
const tile = (name: string, headers: Record<string, string> = {}) =>
  vitrine.tile(`/iiif/images/demo!${name}!${name}.tif/full/200,/0/default.jpg`, headers);
const elsewhere = { 'X-Forwarded-For': '203.0.113.9' };

describe.each(NAMES)('the manifests of %s', (name) => {
  it('are documents that any page may read, at the addresses that they name', async () => {
    for (const version of [2, 3] as const) {
      const answer = await manifest(name, version);
      expect(answer.status).toBe(200);
      expect(countHeader(answer, 'Access-Control-Allow-Origin')).toBe(1);
      expect(answer.json()[version === 2 ? '@id' : 'id']).toBe(`${vitrine.base}/demo/${name}/manifest${version}.json`);
    }
  });

  it('name the services of their patterns', async () => {
    const two = (await manifest(name, 2)).json() as unknown as Manifest2;
    const old = two.sequences[0]?.canvases.map(({ images }) => images[0]?.resource.service.service?.[0]?.profile ?? '');
    const wanted = SERVICES[name] ?? [];
    expect(old).toEqual(wanted.map(([one]) => one && `http://iiif.io/api/auth/1/${one}`));

    const three = (await manifest(name, 3)).json() as unknown as Manifest3;
    const both = three.items.map((canvas) => {
      const [image2, image3] = canvas.items[0]?.items[0]?.body.service ?? [];
      return [image2?.service?.[0]?.profile ?? '', image3?.service?.[0]?.service?.[0]?.profile ?? ''];
    });
    expect(both).toEqual(wanted.map(([one, other]) => [one && `http://iiif.io/api/auth/1/${one}`, other]));
  });

  it('answer a preflight', async () => {
    const answer = await vitrine.ask(`/demo/${name}/manifest3.json`, { method: 'OPTIONS' });
    expect(answer.status).toBe(204);
  });
});

describe('the patterns', () => {
  it('open: everybody', async () => {
    expect((await info('open', elsewhere)).status).toBe(200);
    expect(await probe('open', elsewhere)).toMatchObject({ status: 200 });
  });

  it.each(['kiosk', 'external'])('%s: from private networks, and not from elsewhere', async (name) => {
    const path = name === 'kiosk' ? '/auth/iiif-kiosk' : `/iiif/images/demo!external!external.tif/info.json`;
    for (const address of ['127.0.0.1', '::1', '172.18.0.1', '192.168.1.7', '10.0.0.1', 'fd00::1']) {
      expect((await vitrine.ask(path, { headers: { 'X-Forwarded-For': address } })).status).toBe(200);
    }
    for (const address of ['203.0.113.9', '172.32.0.1', '2001:db8::1']) {
      expect((await vitrine.ask(path, { headers: { 'X-Forwarded-For': address } })).status).not.toBe(200);
    }
  });

  it('tiered: a smaller image for everybody', async () => {
    const answer = await info('tiered', elsewhere);
    expect(answer.status).toBe(302);
    expect(answer.headers['location']).toBe(`${vitrine.base}/iiif/images/demo!tiered!tiered.tif!!450/info.json`);
    expect(await probe('tiered', elsewhere)).toMatchObject({ status: 401, substitute: [{ type: 'ImageService3' }] });
  });

  it('denied: nobody, whoever logs in', async () => {
    const { cookie } = await vitrine.logIn(DEMO_ACCOUNT);
    expect((await tile('denied', { cookie })).headers['x-deny']).toBe('403');
    expect(await probe('denied')).toMatchObject({ status: 403 });
  });

  it('expired: the button ends the session, and the cookie is known as an expired one', async () => {
    const { cookie } = await vitrine.logIn(DEMO_ACCOUNT);
    expect((await tile('expired', { cookie })).status).toBe(200);
    const pressed = await vitrine.ask('/demo/expire', { method: 'POST', headers: { cookie } });
    expect(pressed.headers['location']).toBe('/demo/?expired=yes#expired');
    expect((await tile('expired', { cookie, ...elsewhere })).status).toBe(401);
    const query = `messageId=1&origin=${VIEWER}`;
    const two = await vitrine.ask(`/auth/iiif/2/token?${query}`, { headers: { cookie, ...elsewhere } });
    expect(posted(two).message).toMatchObject({ profile: 'expiredAspect' });
    const again = await vitrine.ask('/demo/expire', { method: 'POST', headers: { cookie } });
    expect(again.headers['location']).toBe('/demo/?expired=nobody#expired');
  });

  it('no other site can press the button', async () => {
    const { cookie } = await vitrine.logIn(DEMO_ACCOUNT);
    const headers = { cookie, 'Sec-Fetch-Site': 'cross-site' };
    expect((await vitrine.ask('/demo/expire', { method: 'POST', headers })).status).toBe(403);
    expect((await tile('expired', { cookie })).status).toBe(200);
  });
});

describe('the page', () => {
  it('lists every manifest of both versions, the account, and loads nothing from elsewhere', async () => {
    const page = await vitrine.ask('/demo/');
    expect(page.status).toBe(200);
    for (const name of NAMES) {
      for (const version of [2, 3]) expect(page.body).toContain(`${vitrine.base}/demo/${name}/manifest${version}.json`);
    }
    expect(page.body).toContain(DEMO_ACCOUNT.email);
    expect(page.body).toContain(DEMO_ACCOUNT.password);
    expect(page.body).not.toContain('class="problem"');
    expect(page.headers['content-security-policy']).toMatch(/default-src 'none'/);
  });

  it('says what is missing where the images are not there', async () => {
    const bare = await Vitrine.start({ env: { DEMO: 'true' } });
    const [page, missing] = [await bare.ask('/demo/'), await bare.ask('/demo/login/manifest3.json')];
    await bare.stop();
    expect(page.body).toContain('samples/images/demo');
    expect(missing.status).toBe(404);
  });

  it.each(['auth1.html', 'auth2.html', 'auth1.mjs', 'auth2.mjs', 'client.mjs', 'client.css', 'demo.css', 'copy.mjs'])(
    'comes with %s',
    async (file) => {
      const answer = await vitrine.ask(`/demo/${file}`);
      expect(answer.status).toBe(200);
      expect(answer.body.length).toBeGreaterThan(200);
    },
  );

  it.each(['demo.ts', 'manifest.ts', 'nothing/manifest3.json', 'login/manifest4.json', '../app.ts', '%2e%2e/app.ts'])(
    'and not with %s',
    async (path) => {
      expect((await vitrine.ask(`/demo/${path}`)).status).toBe(404);
    },
  );
});

describe('the account', () => {
  it('is no administrator, and sees nothing but the demonstration', async () => {
    const { answer, cookie } = await vitrine.logIn(DEMO_ACCOUNT);
    expect(answer.status).toBe(200);
    expect((await tile('login', { cookie })).status).toBe(200);
    const island = '/iiif/images/maps!island.tif/full/200,/0/default.jpg';
    expect((await vitrine.tile(island, { cookie })).headers['x-deny']).toBe('403');
    expect((await vitrine.tile(island, { cookie: (await vitrine.logIn(READER)).cookie })).status).toBe(200);
    expect((await vitrine.ask('/auth/admin/', { headers: { cookie } })).status).not.toBe(200);
  });

  it('is set right again at the next start, and disabled at a start without a demonstration', async () => {
    const made = await vitrine.users.findByEmail(DEMO_ACCOUNT.email);
    await vitrine.users.change(made?.id ?? '', { password: 'something else', roles: ['admin'] });
    await settleDemoAccount(vitrine.users, true, DEMO_ROLE);
    const { answer, cookie } = await vitrine.logIn(DEMO_ACCOUNT);
    expect(answer.status).toBe(200);

    await settleDemoAccount(vitrine.users, false, DEMO_ROLE);
    expect((await tile('login', { cookie })).status).toBe(401);
    expect((await vitrine.logIn(DEMO_ACCOUNT)).answer.status).toBe(401);
    await settleDemoAccount(vitrine.users, true, DEMO_ROLE);
  });
});

describe('without DEMO', () => {
  let plain: Vitrine;
  beforeAll(async () => {
    plain = await Vitrine.start({ files });
    await settleDemoAccount(plain.users, false, DEMO_ROLE);
  });
  afterAll(() => plain.stop());

  it.each(['/demo/', '/demo/login/manifest3.json', '/demo/auth2.html'])('there is nothing at %s', async (path) => {
    const answer: Answer = await plain.ask(path);
    expect(answer.status).toBe(404);
  });

  it('there is no such account, and the folders are folders like any other', async () => {
    expect(await plain.users.findByEmail(DEMO_ACCOUNT.email)).toBeUndefined();
    const answer = await plain.ask('/iiif/images/demo!open!open.tif/info.json', { headers: elsewhere });
    expect(answer.status).toBe(401);
    expect(posted(await askToken(plain.base, `messageId=1&origin=${VIEWER}`)).message['error']).toBe(
      'missingCredentials',
    );
  });

  it('an account of that name that somebody made is left alone', async () => {
    const { id } = await plain.users.add({ email: DEMO_ACCOUNT.email, password: 'my own account' });
    await settleDemoAccount(plain.users, false, DEMO_ROLE);
    expect((await plain.users.find(id))?.active).toBe(true);
  });
});
