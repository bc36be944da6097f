// What must hold of every Vitrine, asked of ./serve.
import { after, test } from 'node:test';
import { blackBox } from '../compose/checks.mjs';
import { startServe } from '../support/serve.mjs';

const vitrine = await startServe();
after(vitrine.stop);

for (const { title, run } of blackBox({ baseUrl: vitrine.url, ...vitrine.admin })) test(title, run);
