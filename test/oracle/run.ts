import { parseArgs } from 'node:util';
import { ensureChromium } from '../browser/install.ts';
import { buildExtension, extensionFolder } from '../playground/extension.ts';
import { generateCases } from './cases.ts';
import { consult } from './oracle.ts';
import { openArena } from './play.ts';

const { values } = parseArgs({
  options: {
    browser: { type: 'string', default: 'chromium' },
    cases: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1' },
    /** An unpacked extension that is built already. */
    extension: { type: 'string' },
  },
});
if (values.browser !== 'chromium') throw new Error(`The oracle runs in chromium only so far, not in ${values.browser}.`);

const count = Number(values.cases);
const seed = Number(values.seed);
if (!Number.isInteger(count) || count < 1 || !Number.isInteger(seed)) throw new Error('--cases and --seed take whole numbers, --cases at least 1.');

await ensureChromium();
if (values.extension === undefined) await buildExtension();
const arena = await openArena(values.extension ?? extensionFolder);
try {
  console.log(`${arena.browserVersion}, ${count} cases, seed ${seed}`);
  const tally = await consult(arena, generateCases(count, seed), (done) => {
    if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${count}`);
  });
  for (const { why, played } of tally.disagreements) {
    console.log(`\nDisagreement: ${why}`);
    console.log(JSON.stringify({ case: played.case, browser: played.verdict, panel: played.reported }, null, 1));
  }
  console.log(`Where the credentials mode leaves no trace and decides between two codes: ${tally.alternatives}`);
  console.log(`${tally.agreed} agreed, ${tally.disagreements.length} disagreed`);
  if (tally.disagreements.length > 0) process.exitCode = 1;
} finally {
  await arena.close();
}
