// docs/operations/ has advice on every message of the programs that an operator starts, on the page of the service that
// says it, and names nothing that is not there.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { files, read, root } from './repository.mjs';

/**
 * Everything in a page that is written as code, in a line or in a block.
 *
 * @param {string} text
 */
const codeOf = (text) =>
  [...text.matchAll(/^ *```(\w+)\n([\s\S]*?)^ *```|`([^`\n]+)`/gm)].map(
    ([, language = '', block = '', inline = '']) => ({ language, text: block || inline }),
  );
const pages = files('docs/operations/*.md');
const code = pages.flatMap((page) => codeOf(read(page)));
/**
 * What the page of a service's messages quotes.
 *
 * @param {string} service
 */
const quotedFor = (service) => codeOf(read(`docs/operations/messages/${service}.md`)).map(({ text }) => text);

/**
 * What of a message stays the same whatever its variables (\0) are: the parts of its first clause, or of more where that
 * is hardly anything.
 *
 * @param {string} message
 */
function fixedParts(message) {
  let beginning = '';
  for (const clause of message.replace(/\\(["`$])/g, '$1').split(/(?<=[.:;?]) /)) {
    beginning += ` ${clause}`;
    if (beginning.replaceAll('\0', '').trim().length >= 8) break;
  }
  return beginning
    .replace(/[.:;?\s]+$/, '')
    .split('\0')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/**
 * @param {string} message
 * @param {string[]} quoted
 */
function isQuoted(message, quoted) {
  const parts = fixedParts(message);
  return quoted.some((text) => {
    let end = 0;
    return parts.every((part) => {
      const start = text.indexOf(part, end);
      end = start + part.length;
      return start >= 0;
    });
  });
}

/**
 * Messages of a shell script: the first string after a word that says something. Variables in them become \0.
 *
 * @param {string} file
 */
function messagesOfScript(file) {
  let text = read(file)
    .replace(/^\s*#.*$/gm, '')
    .replace(/\\\n\s*/g, '');
  for (let before; before !== text;) {
    before = text;
    text = text.replace(/\$\([^()]*\)/g, '\0');
  }
  text = text.replace(/\$\{[^{}]*\}|\$\w+|\$[@*]/g, '\0');
  const said = text.matchAll(/\b(?:say|fail|echo|reason=|wrong=) ?(?:"((?:[^"\\\n]|\\.)*)"|'([^'\n]*)')/g);
  return [...said].map(([, double = '', single = '']) => double || single);
}

/**
 * Messages that a service logs from "warn" on.
 *
 * @param {string} file
 */
function messagesOfService(file) {
  const said = read(file).matchAll(/(?:\blog\.|#log\.)(?:warn|error|fatal)\(|\bgiveUp\(log, error, |#name\(/g);
  return [...said].flatMap(({ index }) => {
    const call = read(file).slice(index, index + 400);
    const message = /^[^;]*?(['`])((?=[^'`]*[a-z]{2} [a-z])[^'`\n]{12,})\1/i.exec(call)?.[2];
    return message === undefined ? [] : [message.replace(/\$\{[^{}]*\}/g, '\0')];
  });
}

/**
 * Those that the page of the service does not quote. What says nothing, such as a script's `echo 0`, needs no advice.
 *
 * @param {string[]} messages
 * @param {string} service
 */
function withoutAdvice(messages, service) {
  const quoted = quotedFor(service);
  return messages.filter((message) => /[a-z]{2} [a-z]{2}/i.test(message) && !isQuoted(message, quoted));
}

/** Where the scripts of a service are. */
const SCRIPTS = {
  proxy: ['proxy'],
  certbot: ['certbot'],
  'image-server': ['digilib', 'iipsrv'],
  serve: ['serve', 'vitrine', 'tools/*.sh', ':!tools/python.sh'], // that one is for ./test only
};

test('every message of the scripts has its advice', () => {
  let [scripts, messages] = [0, 0];
  const missing = [];
  for (const [service, folders] of Object.entries(SCRIPTS)) {
    const ours = files(...folders).filter(
      (file) => !file.includes('/test/') && /^#!.*bash|^# shellcheck shell=bash/.test(read(file)),
    );
    const said = ours.flatMap(messagesOfScript);
    scripts += ours.length;
    messages += said.length;
    missing.push(...withoutAdvice(said, service).map((message) => `${service}: ${message}`));
  }
  assert.ok(scripts >= 14 && messages >= 60, `${scripts} scripts, ${messages} messages`);
  assert.deepEqual(missing, []);
});

for (const [service, atLeast] of /** @type {const} */ ([
  ['auth', 18],
  ['pyramids', 2],
])) {
  test(`every warning of ${service} has its advice`, () => {
    const messages = files(`${service}/src/*.ts`)
      .filter((file) => !file.endsWith('.test.ts') && !file.startsWith(`${service}/src/config/`))
      .flatMap(messagesOfService);
    assert.ok(messages.length >= atLeast, `${messages.length} messages`);
    assert.deepEqual(withoutAdvice(messages, service), []);
  });
}

/** What has `code` in it is for docs/configuration.md. */
const CONFIG = {
  auth: ['hostName', 'folders', 'secretKinds', 'secrets', 'trustedProxies', 'read', 'retired', 'load'],
  pyramids: ['kinds', 'load'],
};

for (const [service, atLeast] of /** @type {const} */ ([
  ['auth', 30],
  ['pyramids', 8],
]))
  test(`every sentence about a wrong configuration of ${service} has its advice`, () => {
    const sentences = CONFIG[service].flatMap((source) =>
      [...read(`${service}/src/config/${source}.ts`).matchAll(/(['`])((?:(?!\1)[^\n])*)\1/g)]
        .map(([, , sentence]) => sentence.replace(/\$\{[^{}]*\}/g, '\0'))
        .filter((sentence) => /^[\0"A-Z].* .*[.: ]$/.test(sentence) && !sentence.includes('`')),
    );
    assert.ok(sentences.length >= atLeast, `${sentences.length} sentences`);
    assert.deepEqual(withoutAdvice(sentences, service), []);
  });

test('every file that the pages name is there', () => {
  const missing = [];
  for (const { text } of code) {
    const inFolders = /(?<![\w/.-])(?:auth|certbot|digilib|docs|e2e|iipsrv|proxy|pyramids|samples|tools)\/[\w./-]*\w/g;
    const atTheTop = /(?<![\w/.-])(?:docker-compose[\w.-]*\.yml|\.env(?:\.\w+)?)(?!\w)/g;
    for (const [name] of [...text.matchAll(inFolders), ...text.matchAll(atTheTop)]) {
      // What the operator writes is kept out of git.
      const written = /^proxy\/certs\/./.test(name) || name === '.env' || name === 'docker-compose.override.yml';
      if (!written && !existsSync(join(root, name))) missing.push(name);
    }
  }
  for (const name of ['.env', 'docker-compose.override.yml', 'proxy/certs/images.example.org.key']) {
    execFileSync('git', ['check-ignore', '--quiet', name], { cwd: root });
  }
  assert.deepEqual(missing, []);
});

const compose = read('docker-compose.yml');
/** @param {string} name */
const part = (name) => compose.slice(compose.search(new RegExp(`^${name}:$`, 'm'))).split(/^(?=[a-z])/m)[0] ?? '';
/** @param {string} text */
const namesIn = (text) => new Set([...text.matchAll(/^ {2}([a-z][a-z-]*):/gm)].map(([, name]) => name));
const services = namesIn(part('services'));

test('every service, network and volume that the pages name is in the compose file', () => {
  assert.ok(services.size >= 4);
  const [networks, volumes] = [namesIn(part('networks')), namesIn(part('volumes'))];
  const unknown = [];
  for (const { language, text } of code) {
    // Options with a value are written with =, so that what follows is a service.
    for (const [, command, rest] of text.matchAll(
      /docker compose (exec|run|logs|ps|up|stop|start|restart|build)\b([^\n#|>]*)/g,
    )) {
      const words = rest.split(' ').filter((word) => /^[a-z][a-z-]*$/.test(word));
      const named = ['exec', 'run'].includes(command) ? words.slice(0, 1) : words;
      unknown.push(...named.filter((word) => !services.has(word)));
    }
    for (const [, name] of text.matchAll(/\bvitrine_([a-z]+)/g)) {
      if (!networks.has(name) && !volumes.has(name)) unknown.push(`vitrine_${name}`);
    }
    if (language !== 'yaml') continue;
    for (const section of text.split(/^(?=[a-z])/m)) {
      const known = section.startsWith('services:') ? services : networks;
      unknown.push(...[...namesIn(section)].filter((name) => !known.has(name)));
    }
  }
  assert.deepEqual(unknown, []);
});
