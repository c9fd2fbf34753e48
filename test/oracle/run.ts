import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { buildExtension } from '../playground/extension.ts';
import { openArena } from './arena.ts';
import { generateCases } from './cases.ts';
import { consult } from './oracle.ts';
import { isOracleBrowserName, isToldBy, oracleBrowsers } from './browsers.ts';

const { values } = parseArgs({
  options: {
    browser: { type: 'string', default: 'chromium' },
    cases: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1' },
    /** Switches the observer of the page on. */
    'ask-the-page': { type: 'boolean', default: false },
    /** An unpacked extension that is built already. */
    extension: { type: 'string' },
  },
});
const { browser: name } = values;
if (!isOracleBrowserName(name)) throw new Error(`--browser takes ${Object.keys(oracleBrowsers).join(' or ')}, not ${name}.`);
const count = Number(values.cases);
const seed = Number(values.seed);
if (!Number.isInteger(count) || count < 1 || !Number.isInteger(seed)) throw new Error('--cases and --seed take whole numbers, --cases at least 1.');

const { ensure, extension, open } = oracleBrowsers[name];
await ensure();
if (values.extension === undefined) await buildExtension();
const cases = generateCases(count, seed).filter((one) => !values['ask-the-page'] || isToldBy(oracleBrowsers[name], one));
const arena = await openArena((stage) => open(values.extension === undefined ? extension : resolve(values.extension), stage, values['ask-the-page']));
try {
  console.log(`${arena.browser.version}, ${cases.length} cases, seed ${seed}`);
  const tally = await consult(arena, cases, (done) => {
    if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${cases.length}`);
  });
  for (const { why, played } of tally.disagreements) {
    console.log(`\nDisagreement: ${why}`);
    console.log(JSON.stringify({ case: played.case, browser: played.verdict, panel: played.reported }, null, 1));
  }
  console.log(`Where what leaves no trace decides, and the panel says so: ${tally.undecided}`);
  for (const [id, times] of tally.known) console.log(`Known disagreement ${id}: ${times}`);
  console.log(`${tally.agreed} agreed, ${tally.disagreements.length} disagreed`);
  if (tally.disagreements.length > 0) process.exitCode = 1;
} finally {
  await arena.close();
}
