// What a rule has to say of itself: reasons, texts and terms of its own, in both versions of the authorization.
import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cookieHeader } from '../support/ask.ts';
import { Vitrine } from '../support/vitrine.ts';

const REASON = { en: 'The letters name people who are alive.', de: 'In den Briefen stehen lebende Personen.' };
const TERMS = {
  heading: 'Terms of the estate',
  note: { en: 'Not to be copied.', de: 'Nicht zu kopieren.' },
  confirm: 'So be it',
};
const access = {
  plain: [{ who: { gesture: 'agreement' } }],
  estate: { grants: [{ who: { gesture: 'agreement' } }], texts: TERMS },
  copies: { grants: [{ who: { gesture: 'agreement' } }], texts: TERMS, reason: REASON },
  letters: { grants: [{ who: { roles: 'staff' } }], reason: REASON, request: true },
  never: { grants: 'nobody', reason: 'It is lost.' },
  room: { grants: [{ who: { networks: '10.1.0.0/16' } }], reason: REASON },
};
const FOLDERS = Object.keys(access);
let vitrine: Vitrine;
beforeAll(async () => {
  vitrine = await Vitrine.start({ files: FOLDERS.map((folder) => `${folder}/a.tif`), access });
});
afterAll(() => vitrine.stop());

type Service = Record<
  '@id' | 'id' | 'label' | 'header' | 'description' | 'confirmLabel' | 'failureDescription',
  string
> &
  Record<'errorNote' | 'heading' | 'note' | 'confirmLabel', Record<string, string[]>> & { service: Service[] };

/** The service of Auth 1.0 that an info.json names. */
async function service1(folder: string): Promise<Service> {
  const { service } = (await vitrine.ask(`/iiif/images/${folder}!a.tif/info.json`)).json() as { service: Service[] };
  const [one] = service;
  if (!one) throw new Error('It names no service.');
  return one;
}

/** The probe service of Flow 2.0. */
async function service2(folder: string): Promise<Service> {
  const { service } = (await vitrine.ask(`/iiif/3/images/${folder}!a.tif/info.json`)).json() as { service: Service[] };
  const [probe] = service;
  if (!probe) throw new Error('It names no service.');
  return probe;
}

const pathOf = (address: string): string => address.slice(vitrine.base.length);
const tile = (folder: string, cookie = '') =>
  vitrine.tile(`/iiif/images/${folder}!a.tif/full/100,/0/default.jpg`, { cookie });

describe('a reason', () => {
  it('stands before the words of the institution, in both versions', async () => {
    const one = await service1('letters');
    expect(one.description).toMatch(/^The letters name people who are alive\. Example Library shows/);
    const probe = await service2('letters');
    expect(probe.errorNote['de']?.[0]).toMatch(/^In den Briefen stehen lebende Personen\. Melden Sie sich/);
    expect(probe.service[0]?.note['en']?.[0]).toContain(REASON.en);
  });

  it('and the way to ask for access are in the answer of the probe, and in what is said when a login has failed', async () => {
    const { note, status } = (await vitrine.ask('/auth/iiif/2/probe/letters!a.tif')).json() as {
      status: number;
      note: Record<string, string[]>;
    };
    expect(status).toBe(401);
    expect(note['en']?.[0]).toBe(
      `${REASON.en} Log in to Example Library to see this image. Access can be asked for here: ${vitrine.base}/auth/request/letters`,
    );
    expect((await service1('letters')).failureDescription).toContain(`${vitrine.base}/auth/request/letters`);
  });

  it('is heard by those too for whom there is no way, in each language that there is', async () => {
    const { cookie } = await vitrine.logIn();
    const { status, headers } = await tile('never', cookie);
    expect([status, headers['x-deny']]).toEqual([403, '403']);
    const answer = (await vitrine.ask('/auth/iiif/2/probe/never!a.tif')).json() as { note: Record<string, string[]> };
    expect(answer.note).toEqual({
      en: ['It is lost. Example Library does not show this image to you.'],
      de: ['It is lost. Example Library zeigt Ihnen dieses Bild nicht.'],
    });
  });

  it('is shown on the login page that the viewer opens', async () => {
    const { '@id': id } = await service1('letters');
    const page = await vitrine.ask(pathOf(id));
    expect(page.status).toBe(200);
    expect(page.body).toContain(REASON.en);
    expect(page.body).toContain(`action="${pathOf(id)}"`);
    expect((await vitrine.ask('/auth/iiif-login')).body).not.toContain(REASON.en);
  });

  it('makes another service of a place too, for which a client goes to the token service', async () => {
    const probe = await service2('room');
    expect(probe.service[0]).not.toHaveProperty('id');
    expect(probe.service[0]?.note['en']?.[0]).toContain(REASON.en);
  });
});

describe('terms of a rule', () => {
  it('are what viewers and the page show', async () => {
    const one = await service1('estate');
    expect(one).toMatchObject({
      header: 'Terms of the estate',
      description: 'Not to be copied.',
      confirmLabel: 'So be it',
    });
    const probe = await service2('estate');
    const page = await vitrine.ask(pathOf(probe.service[0]?.id ?? ''));
    expect(page.body).toContain('Terms of the estate');
    expect(page.body).toContain('Not to be copied.');
    expect(page.body).toContain('>So be it</button>');
  });

  it.each([1, 2])('open what they are of, and nothing that is under others, by version %i', async (version) => {
    const cookie = version === 1 ? await agreeByTab('estate') : await agreeByPage('estate');
    expect((await tile('estate', cookie)).status).toBe(200);
    expect((await tile('copies', cookie)).status).toBe(200); // the same words, with a reason beside them
    expect((await tile('plain', cookie)).status).toBe(401);
    const general = cookieHeader(await vitrine.ask('/auth/iiif-clickthrough'));
    expect((await tile('plain', general)).status).toBe(200);
    expect((await tile('estate', general)).status).toBe(401);
  });

  it('add up in one browser', async () => {
    const first = await agreeByTab('estate');
    const both = cookieHeader(await vitrine.ask('/auth/iiif-clickthrough', { headers: { cookie: first } }));
    expect((await tile('estate', both)).status).toBe(200);
    expect((await tile('plain', both)).status).toBe(200);
  });

  it('that no rule has any more cannot be agreed to', async () => {
    for (const path of [
      '/auth/iiif-clickthrough/0123456789ab',
      '/auth/iiif/2/agree/0123456789ab',
      '/auth/iiif-login/0',
    ]) {
      const answer = await vitrine.ask(path);
      expect(answer.status, path).toBe(404);
      expect(answer.headers).not.toHaveProperty('set-cookie');
    }
  });

  async function agreeByTab(folder: string): Promise<string> {
    return cookieHeader(await vitrine.ask(pathOf((await service1(folder))['@id'])));
  }

  async function agreeByPage(folder: string): Promise<string> {
    const path = pathOf((await service2(folder)).service[0]?.id ?? '');
    return cookieHeader(await vitrine.ask(path, { method: 'POST', headers: { origin: vitrine.base } }));
  }
});

describe('behind a link with terms at both ends', () => {
  it('a viewer is led through the one and then through the other', async () => {
    const linked = await Vitrine.start({
      files: ['a/x.tif', 'links/b.tif'],
      access: {
        a: { grants: [{ who: { gesture: 'agreement' } }], texts: { note: 'A' } },
        'links/a': { grants: [{ who: { gesture: 'agreement' } }], texts: { note: 'B' } },
      },
    });
    symlinkSync(join(linked.images, 'a'), join(linked.images, 'links', 'a'));
    let cookie = '';
    const said: string[] = [];
    const ask = () => linked.ask('/iiif/images/links!a!x.tif/info.json', { headers: { cookie } });
    await expect.poll(async () => (await ask()).status).toBe(401);
    for (let answer = await ask(); answer.status === 401 && said.length < 3; answer = await ask()) {
      const [service] = (answer.json() as { service: Service[] }).service;
      said.push(service?.description ?? '');
      const address = service?.['@id'].slice(linked.base.length) ?? '';
      cookie = cookieHeader(await linked.ask(address, { headers: { cookie } }));
    }
    expect(said.sort()).toEqual(['A', 'B']);
    await linked.stop();
  });
});

describe('a manifest made by hand in a protected folder', () => {
  it('tells nothing that was written in it', async () => {
    const secret = await Vitrine.start({ access: { atlas: { grants: 'nobody', manifest: 'protected' } } });
    writeFileSync(join(secret.manifests, 'atlas.json'), JSON.stringify({ label: 'Of whom nobody may know', id: 'x' }));
    const answer = await secret.ask('/iiif/manifests/atlas');
    expect(answer.status).toBe(401);
    expect(answer.json()).toMatchObject({ label: 'atlas', service: [{}] });
    expect(answer.body).not.toContain('nobody may know');
    await secret.stop();
  });
});

describe('a manifest of images under several rules', () => {
  it('writes each service out once, and names it after that', async () => {
    const several = await Vitrine.start({
      files: ['a/1.tif', 'a/2.tif', 'a/3.tif', 'a/4.tif'],
      access: {
        a: { grants: 'users', reason: REASON },
        'a/3.tif': 'users',
        'a/4.tif': { grants: 'users', reason: REASON },
      },
    });
    for (const path of ['/iiif/manifests/a', '/iiif/3/manifests/a']) {
      const { body } = await several.ask(path);
      expect(body.split(REASON.en).length - 1, path).toBe(path.includes('/3/') ? 2 : 1); // version 3 has both services
      const ids = [...body.matchAll(/\/auth\/iiif-login(\/[0-9a-f]{12})?"/g)].map(([, id]) => id);
      expect(new Set(ids).size, path).toBe(2);
      expect(ids, path).toHaveLength(4);
    }
    await several.stop();
  });
});
