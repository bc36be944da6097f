// Certificates that are refused, or about to end: what is said, and what is served meanwhile.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { days, rsa } from '../../test-support/authority.mjs';
import { putAcme, putOwn } from './certificateFiles.mjs';
import { authority, https, isSaid, isServed, refusal, serial, start, withEmail } from './certificateStacks.mjs';
import { host, servedSerial } from './tls.mjs';

/** @typedef {import('./certificateFiles.mjs').Issued} Issued */

const half = (/** @type {Issued} */ { certificate, key }) => ({ certificate: certificate.slice(0, 300), key });

/** @type {Record<string, [issue: () => Issued, words: RegExp]>} */
const wrong = {
  'for another host': [
    () => authority.issue({ host: 'other.example.org' }),
    /is for other\.example\.org, not for VIRTUAL_HOST=images\.example\.org/,
  ],
  'for a host below this one': [() => authority.issue({ host: `a.${host}` }), /not for VIRTUAL_HOST/],
  'with the key of another': [
    () => ({ certificate: authority.issue().certificate, key: authority.issue().key }),
    /images\.example\.org\.(crt|pem) and its key do not belong together/,
  ],
  'that has ended': [() => authority.issue({ between: days(-30, -1) }), /ended on .* GMT/],
  'that has not begun': [() => authority.issue({ between: days(2, 30) }), /begins on .* GMT/],
  'of 512 bits': [() => authority.issue({ kind: rsa(512) }), /has a key of 512 bits, .* 2048 bits or more/],
  'of which half is there': [() => half(authority.issue()), /cannot be read\. Is it all there/],
  'without a key': [() => ({ ...authority.issue(), key: '' }), /The key of .* cannot be read/],
  'of a kind of key that browsers do not take': [
    () => authority.issue({ kind: ['-algorithm', 'ED25519'] }),
    /RSA or an EC key/,
  ],
  'that is empty': [() => ({ certificate: '', key: '' }), /cannot be read/],
};

for (const [what, [issue, words]] of Object.entries(wrong)) {
  test(`an own certificate ${what}: nothing starts, one line says why`, async () => {
    const failed = await refusal(withEmail, (folder) => {
      putOwn(folder, issue());
    });
    assert.match(failed, words);
    assert.match(failed, /^proxy: [^\n]*\n$/);
  });
}

for (const what of ['for another host', 'with the key of another', 'that has ended', 'of which half is there']) {
  test(`an own certificate ${what}, put there later: the old one stays, one line says why`, async () => {
    const [issue, words] = wrong[what];
    const good = authority.issue();
    const stack = await start(https, (folder) => {
      putOwn(folder, good);
    });
    putOwn(stack.folder, issue());
    await isSaid(stack, words);
    assert.equal(await servedSerial(stack.tlsPort), serial(good));
    const better = authority.issue();
    putOwn(stack.folder, better);
    await isServed(stack, better);
  });
}

for (const what of ['with the key of another', 'of which half is there']) {
  test(`certbot's certificate ${what}: it starts without one, and takes the next`, async () => {
    const [issue, words] = wrong[what];
    const stack = await start(withEmail, (folder) => {
      putAcme(folder, issue());
    });
    assert.match(stack.words(), words);
    assert.equal((await stack.ask('/')).status, 503);
    const better = authority.issue();
    putAcme(stack.folder, better);
    await isServed(stack, better);
  });
}

test("certbot's certificate that has ended is used, with a line in the log, until there is the next", async () => {
  const [ended, renewed] = [authority.issue({ between: days(-90, -1) }), authority.issue()];
  const stack = await start(withEmail, (folder) => {
    putAcme(folder, ended);
  });
  assert.equal(await servedSerial(stack.tlsPort), serial(ended));
  assert.match(stack.words(), /ended on .* The log of certbot says why/);
  putAcme(stack.folder, renewed);
  await isServed(stack, renewed);
});

test('a certificate that is about to end is named', async () => {
  const stack = await start(https, (folder) => {
    putOwn(folder, authority.issue({ between: days(-90, 5) }));
  });
  await isSaid(stack, /The certificate in use for images\.example\.org ends on .* GMT/);
});

test('one half of a pair is named', async () => {
  const issued = authority.issue();
  assert.match(
    await refusal(https, (folder) => {
      writeFileSync(join(folder, `certs/${host}.crt`), issued.certificate);
    }),
    /images\.example\.org\.key is missing/,
  );
  assert.match(
    await refusal(https, (folder) => {
      writeFileSync(join(folder, `certs/${host}.key`), issued.key);
    }),
    /images\.example\.org\.crt is missing/,
  );
});

test('what is no file is named, and nothing waits for it', async () => {
  const linked = await refusal(https, (folder) => {
    symlinkSync('../../archive/x.pem', join(folder, `certs/${host}.crt`));
  });
  assert.match(linked, /crt is a link that leads nowhere/);
  const withKey = (/** @type {(file: string) => unknown} */ make) =>
    refusal(https, (folder) => {
      writeFileSync(join(folder, `certs/${host}.crt`), authority.issue().certificate);
      make(join(folder, `certs/${host}.key`));
    });
  assert.match(
    await withKey((file) => {
      mkdirSync(file);
    }),
    /key is no file/,
  );
  assert.match(await withKey((file) => execFileSync('mkfifo', [file])), /key is no file/);
  assert.match(
    await withKey((file) => {
      writeFileSync(file, Buffer.alloc(2_000_000));
    }),
    /key is larger than/,
  );
});
