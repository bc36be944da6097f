import fc from 'fast-check';
import { parseArgs } from 'node:util';
import { headers } from './fuzz/headers.ts';
import { cutting, reading } from './fuzz/tiles.ts';

const USAGE = `Usage: node test/fuzz.ts [--minutes N]

Shows damaged files to what reads headers, and to what reads and cuts tiles, for N minutes (5) each. Ends with status 1
when one of them brings it down or makes it answer wrongly; what is printed then repeats it.`;

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '5' }, help: { type: 'boolean' } } });
const minutes = Number(values.minutes);
if (values.help || !(minutes > 0)) {
  console.log(USAGE);
  process.exit(values.help ? 0 : 2);
}

for (const [what, property] of Object.entries({ cutting, reading, headers })) {
  console.log(`${what}: ${minutes} minutes`);
  const result = await fc.check<unknown[]>(property as fc.IAsyncProperty<unknown[]>, {
    interruptAfterTimeLimit: minutes * 60_000,
    numRuns: Number.MAX_SAFE_INTEGER,
  });
  console.log(`${what}: ${result.numRuns} tries`);
  if (!result.failed || (result.interrupted && result.counterexample === null)) continue;
  console.error(fc.defaultReportMessage(result));
  process.exit(1);
}
