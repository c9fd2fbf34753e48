import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type ConsoleMessage, type Firefox, type FirefoxDevTools, type FirefoxPage, launchFirefox } from '../browser/firefox.ts';
import { corsErrorCodes } from '../../src/fetch/network-error.ts';
import { corsErrors } from '../../src/explain/cors-errors.ts';
import type { ExchangeReport } from '../../src/report.ts';
import { themes } from './entries.ts';
import type { Entry, Origins, PageOutcome } from './entry.ts';
import { firefoxExtensionFolder } from './extension.ts';
import { type Playground, startPlayground } from './server.ts';

// Only for listing: the entries that are played know their ports.
const nowhere: Origins = { app: 'http://app', api: 'http://api', crossSiteApi: 'http://cross', other: 'http://other', closed: 'http://closed' };
const ids = themes.flatMap(({ entries }) => entries(nowhere)).map(({ id }) => id);

/** `allowed`, `failed`, `unknown`, or Firefox's reason without its digit. */
type Verdict = string;

/** Where the panel cannot agree with Firefox, what both say, and why. */
const disagreements: Readonly<Record<string, { readonly firefox: Verdict; readonly panel: Verdict; readonly why: string }>> = {
  'redirect-with-user-info': { firefox: 'failed', panel: '', why: 'Firefox logs no reason of its own for a redirect with a user name.' },
  'sandboxed-frame-under-wildcard': { firefox: 'allowed', panel: 'unknown', why: 'A frame of another origin keeps its timings to itself, and `*` allows a request without credentials alone.' },
  'public-page-to-loopback': { firefox: 'allowed', panel: 'unknown', why: 'A frame of another origin keeps its timings to itself, and `*` allows a request without credentials alone.' },
};

describe('the panel in Firefox', () => {
  let playground: Playground;
  let firefox: Firefox;
  let page: FirefoxPage;
  let devTools: FirefoxDevTools;

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
      const said = saidOf(exchange);
      const known = disagreements[id];
      if (known) expect({ firefox: verdict, panel: said[0] }, `Known: ${known.why} If it no longer holds, remove its row.`).toEqual({ firefox: known.firefox, panel: known.panel });
      else expect(said).toContain(verdict);
      if (entry.request.kind === 'fetch' || entry.request.kind === 'xhr') {
        expect(exchange?.credentials.value).toBeOneOf(['unknown', entry.request.credentials === 'include' ? 'include' : 'omit']);
        expect(exchange?.mode.value).toBeOneOf(['unknown', entry.request.mode ?? 'cors']);
      }
    }, { timeout: 5_000, interval: 50 });
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
  return reason === 'CORSDidNotSucceed' ? 'failed' : reason;
}

/** What the panel says, its own choice first, then what it cannot rule out. */
function saidOf(exchange: ExchangeReport | undefined): readonly (Verdict | undefined)[] {
  if (!exchange?.error) return [exchange?.outcome];
  const { firefox, alternatives } = exchange.error;
  return [firefox, ...alternatives.map((code) => corsErrors[code as keyof typeof corsErrors].firefox)];
}
