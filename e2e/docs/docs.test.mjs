// What the pages promise is there: links, variables, options.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import * as auth from '../../auth/.dependency-cruiser.mjs';
import * as pyramids from '../../pyramids/.dependency-cruiser.mjs';
import { files, read, root } from './repository.mjs';

const pages = files('*.md');
const manual = pages.filter((page) => !page.includes('/') || page.startsWith('docs/'));

/** @param {string} text */
const withoutCode = (text) => text.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, '');

/**
 * The anchors of a page: its headings as GitHub writes them.
 *
 * @param {string} page
 */
function anchors(page) {
  const headings = read(page)
    .replace(/^```[\s\S]*?^```/gm, '')
    .matchAll(/^#+ (.*)$/gm);
  return new Set(
    [...headings].map(([, text]) =>
      text
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

test('every relative link leads to a file, and to a heading in it', () => {
  const broken = [];
  for (const page of pages) {
    for (const [, link] of withoutCode(read(page)).matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^[a-z]+:/i.test(link)) continue;
      const [path = '', anchor = ''] = link.split('#');
      const target = path === '' ? page : join(dirname(page), decodeURIComponent(path));
      const there = existsSync(join(root, target)) && (!link.includes('#') || anchors(target).has(anchor));
      if (!there) broken.push(`${page}: ${link}`);
    }
  }
  assert.deepEqual(broken, []);
});

test('every variable that the manual names is in the schema', () => {
  const known = new Set([...read('docs/configuration.md').matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, name]) => name));
  assert.ok(known.size > 20);
  known.add('COMPOSE_FILE'); // read by Docker Compose
  known.add('ACCESS_PATTERNS'); // refused, with what to do instead
  const unknown = [];
  for (const page of manual) {
    const text = read(page);
    const inline = [...text.matchAll(/`([A-Z][A-Z0-9]*_[A-Z0-9_]+)(?:=[^`\n]*)?`/g)];
    const assigned = [...text.matchAll(/^(?:export )?([A-Z][A-Z0-9]*_[A-Z0-9_]+)=/gm)];
    for (const [, name] of [...inline, ...assigned]) {
      if (!known.has(name) && !known.has(name.replace(/_FILE$/, ''))) unknown.push(`${page}: ${name}`);
    }
  }
  assert.deepEqual(unknown, []);
});

test('every command of ours in the manual is there, and knows the options it is shown with', () => {
  const wrong = [];
  const helps = new Map();
  for (const page of manual) {
    for (const [, command, rest] of read(page).matchAll(/(?<![\w/.])\.\/(serve|test|vitrine|bench)\b([^`\n#;&|]*)/g)) {
      if (!existsSync(join(root, command))) wrong.push(`${page}: ./${command}`);
      else if (!helps.has(command)) helps.set(command, execFileSync(join(root, command), ['--help']).toString());
      const options = [...rest.matchAll(/\s(--[a-z-]+)/g)].map(([, option]) => option);
      for (const option of options.filter((name) => name !== '--help')) {
        if (!new RegExp(`${option}\\b`).test(helps.get(command) ?? '')) wrong.push(`${page}: ./${command} ${option}`);
      }
    }
  }
  assert.deepEqual(wrong, []);
});

/** Where a path in the manual may begin: at the root, or, for short, at the sources of the parts with most files. */
const BEGINNINGS = ['', 'auth/src/', 'pyramids/src/', 'proxy/'];
/** Where what is written next belongs. */
const TO_COME = new Set(Object.keys({ ...auth.roomsToCome, ...pyramids.roomsToCome }).map((room) => `${room}/`));
/** What the manual has its readers make themselves. */
const MADE_BY_READERS = /^(?:viewer\/index\.html|auth\/src\/access\/rules\.test\.ts|proxy\/certs\/.+)$/;

/**
 * Whether a piece of code is a path: a folder and a file with an extension, a folder with a slash at its end, or whatever
 * begins like a folder of the repository. What begins with a slash is an address, or a path on somebody's server.
 *
 * @param {string} code
 */
const isPath = (code) =>
  /^[\w.{}*,-]+(?:\/[\w.{}*,-]+)*(?:\/[\w{}*,-]*\.[\w.]*\w|\/)$/.test(code) ||
  /^(?:auth|certbot|digilib|docs|e2e|iipsrv|proxy|pyramids|samples|tools)\/[\w./{}*,-]+$/.test(code);

test('every file and folder that the manual names is there', () => {
  const missing = [];
  let named = 0;
  for (const page of manual) {
    let text = read(page).replace(/^ *```[\s\S]*?^ *```/gm, '');
    // Its tables name pictures that are made for a test.
    if (page === 'docs/pictures.md') text = text.replace(/^\|.*$/gm, '');
    for (const [, code] of text.matchAll(/`([^`\n]+)`/g)) {
      if (!isPath(code) || MADE_BY_READERS.test(code) || TO_COME.has(code)) continue;
      named += 1;
      const found = BEGINNINGS.some((beginning) => globSync(beginning + code, { cwd: root }).length > 0);
      if (!found) missing.push(`${page}: ${code}`);
    }
  }
  assert.ok(named >= 100, `${named} paths`);
  assert.deepEqual(missing, []);
});

for (const [service, { rooms, roomsToCome }] of Object.entries({ auth, pyramids }))
  test(`the tables of rooms of ${service} are the ones that are checked`, () => {
    const checked = { ...rooms, ...roomsToCome };
    const [, section = ''] = read('docs/architecture.md').split(`\n## Rooms of ${service}\n`);
    const rows = (section.split(/^## /m)[0] ?? '').matchAll(/^\| `([\w/]+)\/` +\|.*\| ([^|]+?) +\|$/gm);
    const written = [...rows]
      .filter(([, room = '']) => room in checked)
      .map(([, room, allowed = '']) => [room, [...allowed.matchAll(/`(\w+)`/g)].map(([, name]) => name)]);
    assert.ok(Object.keys(checked).length >= 8);
    assert.deepEqual(Object.fromEntries(written), checked);
  });

test('every name of code in the glossary is one of the code', () => {
  const [, glossary = ''] = read('docs/architecture.md').split(/^## Glossary$/m);
  const names = [...(glossary.split(/^## /m)[0] ?? '').matchAll(/`((?:[A-Z][a-z]+){2,})`/g)].map(
    ([, name = '']) => name,
  );
  const code = files('auth/src/*.ts').map(read).join('\n');
  assert.ok(names.length >= 10, `${names.length} names`);
  assert.deepEqual(
    names.filter(
      (name) => !new RegExp(`^(?:export )?(?:abstract )?(?:class|type|interface) ${name}\\b`, 'm').test(code),
    ),
    [],
  );
});
