import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { german } from './german.ts';
import { speechOf } from './speech.ts';

const VIEWS = join(import.meta.dirname, '../views');
/** Those that speak one language: see `web/pages.ts`. */
const views = readdirSync(VIEWS).filter((name) => /\.ejs$/.test(name) && !/^(?:demo|selftest|token)/.test(name));
const text = (name: string): string => readFileSync(join(VIEWS, name), 'utf8');

describe.each(views)('%s', (name) => {
  it('says nothing that has no German words', () => {
    const said = [...text(name).matchAll(/page\.(?:say|html)\('((?:[^'\\]|\\.)*)'/g)].map(([, words = '']) => words);
    for (const words of said) expect(Object.keys(german)).toContain(words.replaceAll("\\'", "'"));
  });

  it('has no words of its own', () => {
    const shown = text(name)
      .replaceAll(/<script[^]*?<\/script>|<%[^]*?%>/g, '')
      .replaceAll(/<[^>]*>|&\w+;/g, ' ')
      .trim();
    expect(shown.match(/[A-Za-z]{2,}/g) ?? []).toEqual([]);
  });
});

it('names in both languages the same values', () => {
  for (const [english, words] of Object.entries(german))
    expect(words.match(/\{\w+\}|\*\*/g)?.sort(), english).toEqual(english.match(/\{\w+\}|\*\*/g)?.sort());
});

it('says a message with a number in it', () => {
  const { say } = speechOf('de');
  expect(say('Too many attempts. Try again in 12 minutes.')).toBe(
    'Zu viele Versuche. Versuchen Sie es in 12 Minuten noch einmal.',
  );
  expect(say('At least 8 characters.')).toBe('Mindestens 8 Zeichen.');
  expect(speechOf('en').say('Too many attempts. Try again in 12 minutes.')).toBe(
    'Too many attempts. Try again in 12 minutes.',
  );
  expect(say('Something 3 that has no words')).toBe('Something 3 that has no words');
});

it('escapes what it puts into HTML', () => {
  const { html } = speechOf('de');
  expect(html('**{email}** is logged in to {institution}.', { email: '<b>"', institution: "A & 'B'" })).toBe(
    '<strong>&lt;b&gt;&quot;</strong> ist bei A &amp; &#39;B&#39; angemeldet.',
  );
});
