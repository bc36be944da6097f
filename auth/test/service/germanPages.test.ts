// Our own pages in German, for whoever has a browser in German.
import { expect, it } from 'vitest';
import { ADMIN, READER, Vitrine } from '../support/vitrine.ts';

const vitrine = Vitrine.forTests({
  access: {
    terms: [{ who: { gesture: 'agreement' } }],
    kiosk: [{ who: { gesture: 'kiosk', networks: '10.1.0.0/16' } }],
  },
});
const german = { 'accept-language': 'de-AT,de;q=0.9,en;q=0.5' };

it.each([
  ['/', 'Sie sind nicht angemeldet.'],
  ['/auth/iiif-login', 'Passwort'],
  ['/auth/iiif/2/agree', 'Ich stimme zu'],
  ['/auth/logout', 'Sie sind abgemeldet'],
])('%s', async (address, words) => {
  const answer = await vitrine.ask(address, { headers: german });
  expect(answer.body).toContain(words);
  expect(answer.body).toContain('<html lang="de">');
  expect(answer.headers['vary']).toMatch(/Accept-Language/);
  expect((await vitrine.ask(address, { headers: { 'accept-language': 'fr,en;q=0.5' } })).body).toContain(
    '<html lang="en">',
  );
  expect((await vitrine.ask(address)).body).toContain('<html lang="en">');
});

it('what is refused at the login, and what comes after it', async () => {
  const post = (password: string) =>
    vitrine.ask('/auth/iiif-login', { form: { email: READER.email, password }, headers: german });
  expect((await post('wrong')).body).toContain('E-Mail-Adresse oder Passwort stimmt nicht.');
  const answer = await post(READER.password);
  expect(answer.body).toContain(`<strong>${READER.email}</strong> ist bei`);
});

it('the form of one’s own password, and what is wrong with a new one', async () => {
  const { cookie } = await vitrine.logIn(ADMIN);
  const headers = { cookie, ...german };
  expect((await vitrine.ask('/auth/password', { headers })).body).toContain('Bisheriges Passwort');
  const form = { old: ADMIN.password, password: 'short', again: 'short' };
  expect((await vitrine.ask('/auth/password', { form, headers })).body).toContain('Mindestens 8 Zeichen.');
});
