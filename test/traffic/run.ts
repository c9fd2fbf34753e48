import { parseArgs } from 'node:util';
import { buildExtension } from '../playground/extension.ts';
import { trafficBrowsers } from './browsers.ts';
import { generateTraffic } from './requests.ts';
import { openTrafficStage } from './stage.ts';
import { playTraffic, table } from './traffic.ts';

const { values } = parseArgs({
  options: {
    browser: { type: 'string', default: 'chromium' },
    requests: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1' },
  },
});
const open = trafficBrowsers[values.browser];
if (!open) throw new Error(`--browser takes ${Object.keys(trafficBrowsers).join(' or ')}, not ${values.browser}.`);
const count = Number(values.requests);
const seed = Number(values.seed);
if (!Number.isInteger(count) || count < 1 || !Number.isInteger(seed)) throw new Error('--requests and --seed take whole numbers, --requests at least 1.');

await buildExtension();
const stage = await openTrafficStage();
const browser = await open(stage);
try {
  const tally = await playTraffic(browser, generateTraffic(count, seed));
  for (const wrong of tally.wrong) console.log(`\nWrong: ${wrong.kind}: ${wrong.why}\n${JSON.stringify(wrong, null, 1)}`);
  console.log(`${browser.name}, ${count} requests, seed ${seed}\n${table(tally)}\n${tally.wrong.length} wrong`);
  if (tally.wrong.length > 0) process.exitCode = 1;
} finally {
  await browser.close();
  await stage.close();
}
