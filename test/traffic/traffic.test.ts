import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { trafficBrowsers } from './browsers.ts';
import { contexts, ways } from './kinds.ts';
import { generateTraffic } from './requests.ts';
import { type TrafficStage, openTrafficStage } from './stage.ts';
import { type TrafficBrowser, playTraffic, table } from './traffic.ts';

/** Fixed, so that a run tells of the change and not of the day. `npx tsx test/traffic/run.ts` makes any other traffic, and more. */
const seed = 11;
const count = 250;

describe.each(Object.entries(trafficBrowsers))('a page that makes every kind of request at once in %s', (_, open) => {
  let stage: TrafficStage;
  let browser: TrafficBrowser;
  beforeAll(async () => {
    stage = await openTrafficStage();
    browser = await open(stage);
  });
  afterAll(async () => {
    await browser?.close();
    await stage?.close();
  });

  it('is judged as the browser judges it', async () => {
    const tally = await playTraffic(browser, generateTraffic(count, seed));
    console.log(`${browser.name}, ${count} requests, seed ${seed}\n${table(tally)}`);
    expect(tally.wrong).toEqual([]);
    const unjudged = [...contexts, ...Object.keys(ways)].filter((name) => !tally.figures.get(name)?.judged);
    expect(unjudged, 'the browser must have judged requests of each of these: take another seed or more requests').toEqual([]);
  });
});
