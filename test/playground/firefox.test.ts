import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type ConsoleMessage, type Firefox, type FirefoxDevTools, type FirefoxPage, launchFirefox } from '../browser/firefox.ts';
import { corsErrorCodes } from '../../src/fetch/network-error.ts';
import { corsErrors } from '../../src/explain/cors-errors.ts';
import type { ExchangeReport } from '../../src/report.ts';
import { themes } from './entries.ts';
import { type Entry, type PageOutcome, nowhere } from './entry.ts';
import { causeScores } from './cause-scores.ts';
import { firefoxExtensionFolder } from './extension.ts';
import { type Playground, startPlayground } from './server.ts';

// Only for listing: the entries that are played know their ports.
const ids = themes.flatMap(({ entries }) => entries(nowhere)).map(({ id }) => id);

/** `allowed`, `failed`, `unknown`, or Firefox's reason without its digit. */
type Verdict = string;

describe('the panel in Firefox', () => {
  let playground: Playground;
  let firefox: Firefox;
  let page: FirefoxPage;
  let devTools: FirefoxDevTools;
  const scores = causeScores();

  beforeAll(async () => {
    playground = await startPlayground();
    firefox = await launchFirefox({ extension: firefoxExtensionFolder });
    page = await firefox.newPage();
    await page.goto(playground.appUrl);
    devTools = await (await page.openDevTools())();
    await vi.waitFor(async () => expect(await page.evaluate('"playground" in window')).toBe(true));
  });
  afterAll(() => Promise.all([firefox?.close(), playground?.close()]));

  test.each(ids)('says of %s what Firefox says', async (id) => {
    const entry = playground.entries.find((candidate) => candidate.id === id) as Entry;
    const url = `${playground.origins[entry.request.to ?? 'api']}/${id}`;
    await firefox.clearConsole();
    const outcome = await page.evaluate<readonly unknown[], PageOutcome>(`playground.run(${JSON.stringify(id)})`);
    await vi.waitFor(async () => {
      const verdict = verdictOf(await firefox.consoleMessages(), outcome);
      const { exchanges } = await devTools.panel.evaluate(() => corsInspector.report());
      const exchange = exchanges.filter((candidate) => candidate.url === url).at(-1);
      expect(saidOf(exchange)).toContain(verdict);
      scores.add(id, verdict === 'allowed' ? { outcome: 'allowed' } : entry.expect, exchange?.causes.map((cause) => cause.id) ?? []);
      expect(scores.faultOf(id)).toBeNull();
      if (entry.request.kind === 'fetch' || entry.request.kind === 'xhr') {
        expect(exchange?.credentials.value).toBeOneOf(['unknown', entry.request.credentials === 'include' ? 'include' : 'omit']);
        expect(exchange?.mode.value).toBeOneOf(['unknown', entry.request.mode ?? 'cors']);
      }
    }, { timeout: 20_000, interval: 50 });
  });

  test('names the causes with full precision and recall', () => {
    const table = scores.table();
    console.log(table.text);
    expect({ precision: table.precision, recall: table.recall }).toEqual({ precision: 1, recall: 1 });
  });

  test('is told every reason that it knows', () => {
    const reasons = new Set(corsErrorCodes.map((code) => corsErrors[code].firefox).filter((reason) => reason !== ''));
    expect([...reasons].filter((reason) => !seen.has(reason)), 'Show each of these in an entry of the playground.').toEqual([]);
  });
});

const seen = new Set<Verdict>();

/** A refused preflight is followed by a second message, about the actual request: the first is the reason. */
function verdictOf(messages: readonly ConsoleMessage[], outcome: PageOutcome): Verdict {
  const [first] = messages.map(({ category }) => category).filter((category) => category.startsWith('CORS') && !category.endsWith('Deprecation'));
  if (first === undefined) return outcome === 'blocked' || outcome === 'aborted' ? 'failed' : 'allowed';
  const reason = first.replace(/\d$/, '');
  seen.add(reason);
  return named(reason);
}

/** What Firefox says of every failed request, whether CORS is the reason or not, is no name. */
const named = (reason: string): Verdict => (reason === 'CORSDidNotSucceed' ? 'failed' : reason);

/** What the panel says, its own choice first, then what it cannot rule out. */
function saidOf(exchange: ExchangeReport | undefined): readonly (Verdict | undefined)[] {
  if (!exchange?.error) return [exchange?.outcome];
  const { firefox, alternatives } = exchange.error;
  return [firefox, ...alternatives.map((code) => corsErrors[code as keyof typeof corsErrors].firefox)].map(named);
}
