// The same files through the whole stack: nginx, auth, pyramids and iipsrv as ./serve starts them.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { until } from '../../test-support/until.mjs';
import { loggedIn } from '../support/loggedIn.mjs';
import { startServe } from '../support/serve.mjs';
import { corpus } from './corpus.mjs';
import { judge } from './judge.mjs';

/** The image server decodes the pyramid and encodes once more what it shows. */
const AGAIN = { mean: 1, most: 16 };

/**
 * @param {() => { images: string, scratch: string, cmyk: string }} made the corpus, as `prepareTries` has made it
 */
export function testServed(made) {
  describe('every file is served right by the whole stack', { concurrency: 3 }, () => {
    /** @type {import('../support/serve.mjs').Vitrine} */
    let vitrine;
    /** @type {Awaited<ReturnType<typeof loggedIn>>} */
    let visitor;
    before(async () => {
      vitrine = await startServe({ images: made().images });
      visitor = await loggedIn(vitrine, vitrine.admin);
    });
    after(() => vitrine.stop());

    /**
     * What is being made is asked for again.
     * @param {string} path
     */
    function picture(path) {
      return until(`${path} is made`, async () => {
        const answer = await visitor.ask(path);
        return answer.status === 503 ? undefined : answer;
      });
    }

    for (const { name, expected } of corpus) {
      if (
        !('pages' in expected) ||
        expected.unless ||
        expected.pages.length > 10 ||
        expected.pages.some(({ width }) => width > 10_000)
      )
        continue;
      test(name, async () => {
        for (const [page, { width, height }] of expected.pages.entries()) {
          const parts = [...name.split('/'), ...(expected.pages.length > 1 ? [String(page + 1)] : [])];
          const address = `/iiif/images/${parts.map(encodeURIComponent).join('!')}`;
          const { status, text } = await visitor.ask(`${address}/info.json`);
          assert.equal(status, 200, text);
          const info = JSON.parse(text);
          assert.deepEqual([info.width, info.height], [width, height]);
          const whole = await picture(`${address}/full/full/0/default.jpg`);
          assert.equal(whole.status, 200, whole.text.slice(0, 200));
          if (page >= (expected.judged ?? expected.pages.length)) continue;
          const scratch = await mkdtemp(join(made().scratch, 'whole-'));
          const file = join(scratch, 'whole.jpg');
          await writeFile(file, whole.body);
          const size = /** @type {const} */ ([width, height]);
          const asked = {
            file: join(made().images, name),
            page: expected.pictures?.[page] ?? page,
            level: 0,
            size,
            shown: size,
          };
          const verdicts = await judge(
            expected.judges.map((one) => ({ ...asked, judge: one, tiles: [[0, 0, file]] })),
            made().cmyk,
          );
          await rm(scratch, { recursive: true });
          for (const { mean = 255, most = 255, trouble } of verdicts) {
            assert.equal(trouble, undefined);
            const found = `page ${page}: ${mean.toFixed(2)}, ${most} at most`;
            assert.ok(mean <= expected.mean + AGAIN.mean && most <= expected.most + AGAIN.most, found);
          }
        }
      });
    }
  });
}
