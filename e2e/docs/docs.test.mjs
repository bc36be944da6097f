// What the pages promise is there: links, variables, options.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { test } from 'node:test';

const root = resolve(import.meta.dirname, '../..');
const read = (file) => readFileSync(join(root, file), 'utf8');
const pages = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], { cwd: root })
  .toString()
  .trim()
  .split('\n')
  .filter((page) => existsSync(join(root, page)));
const manual = pages.filter((page) => !page.includes('/') || page.startsWith('docs/'));

const withoutCode = (text) => text.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, '');

/** The anchors of a page: its headings as GitHub writes them. */
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
      const [path, anchor] = link.split('#');
      const target = path === '' ? page : join(dirname(page), decodeURIComponent(path));
      const there = existsSync(join(root, target)) && (anchor === undefined || anchors(target).has(anchor));
      if (!there) broken.push(`${page}: ${link}`);
    }
  }
  assert.deepEqual(broken, []);
});

test('every variable that the manual names is in the schema', () => {
  const known = new Set([...read('docs/configuration.md').matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, name]) => name));
  assert.ok(known.size > 20);
  known.add('COMPOSE_FILE'); // read by Docker Compose
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
