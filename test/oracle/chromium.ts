import type { Browser } from 'puppeteer-core';
import { type DevTools, launchChromium, openPanel, waitFor } from '../browser/chromium.ts';
import type { ExchangeReport } from '../../src/report.ts';
import type { BrowserVerdict, OracleBrowser, OraclePage } from './arena.ts';
import { type OracleCase, withOtherCredentials } from './cases.ts';
import { switchAskingOn } from './asking.ts';
import { type Stage, caseIdOf, concurrency, playInPage } from './stage.ts';

/** Chromium, which tells its verdicts by the DevTools protocol. */
export async function openOracleChromium(extension: string, stage: Stage, askThePage = false): Promise<OracleBrowser> {
  const browser = await launchChromium({ extension });
  const pages = {
    tuple: await openPage(browser, stage, '/', askThePage),
    opaque: await openPage(browser, stage, '/sandboxed', false),
  };
  for (const host of ['localhost', '127.0.0.1']) {
    await browser.setCookie({ name: 'session', value: '1', domain: host, path: '/cookie', sameSite: 'Lax' });
  }
  return {
    name: 'chromium',
    version: await browser.version(),
    reasonOf: (code) => code,
    // The redirect mode leaves no trace either: only one that follows looks at where a redirect leads.
    lookAlikes: (one) => [{ ...withOtherCredentials(one), redirect: 'follow' }],
    pages,
    close: () => browser.close(),
  };
}

/** What the DevTools protocol says of the cases that are played. */
interface Watched {
  readonly verdicts: Map<number, BrowserVerdict>;
  /** Those that reached the network. */
  readonly begun: Set<number>;
}

async function openPage(browser: Browser, stage: Stage, path: string, askThePage: boolean): Promise<OraclePage> {
  const page = await browser.newPage();
  await page.goto(`http://localhost:${stage.ports.app}${path}`);
  const { panel } = await openPanel(page);
  if (askThePage) await switchAskingOn(panel);
  const session = await page.createCDPSession();
  const verdicts = new Map<number, BrowserVerdict>();
  const begun = new Set<number>();
  const caseOf = new Map<string, number>();
  session.on('Network.requestWillBeSent', ({ requestId, request, initiator }) => {
    const id = caseIdOf(request.url);
    if (initiator.type === 'preflight' || caseOf.has(requestId) || id < 0) return;
    caseOf.set(requestId, id);
    begun.add(id);
  });
  session.on('Network.responseReceived', ({ requestId }) => {
    const id = caseOf.get(requestId);
    if (id !== undefined) verdicts.set(id, { outcome: 'allowed' });
  });
  session.on('Network.loadingFailed', ({ requestId, errorText, corsErrorStatus }) => {
    const id = caseOf.get(requestId);
    if (id === undefined) return;
    if (corsErrorStatus) verdicts.set(id, { outcome: 'blocked', reason: corsErrorStatus.corsError, parameter: corsErrorStatus.failedParameter });
    // A HEAD response has no body, and Chromium reports its load as aborted after it was read.
    else if (verdicts.get(id)?.outcome !== 'allowed') verdicts.set(id, { outcome: 'failed', netError: errorText });
  });
  await session.send('Network.enable');

  return {
    async play(cases) {
      await page.bringToFront();
      await panel.evaluate(() => corsInspector.clear());
      verdicts.clear();
      begun.clear();
      const saw = await page.evaluate(playInPage, [...cases].map(([id, one]) => stage.pageRequest(id, one)), concurrency);
      await settled(panel, { verdicts, begun });
      await networkLogCatchesUp(panel, [...cases].filter(([id, one]) => needsNetworkLog(one, verdicts.get(id))).map(([id]) => id));
      [...cases].forEach(([id, one], index) => {
        if (saw[index] !== 'readable') return;
        const verdict = verdicts.get(id);
        if (verdict?.outcome === 'blocked') throw new Error(`The page read what the browser reports as blocked: ${JSON.stringify({ case: one, verdict })}`);
        verdicts.set(id, { outcome: 'allowed' });
      });
      return { verdicts: new Map(verdicts), report: await panel.evaluate(() => corsInspector.report()) };
    },
  };
}

/** Resolves once nothing in the report is pending and every request that reached the network is in it. */
async function settled(panel: DevTools['panel'], { verdicts, begun }: Watched): Promise<void> {
  let last: readonly ExchangeReport[] = [];
  const unsettled = (): readonly unknown[] => [...begun]
    .map((id) => ({ id, browser: verdicts.get(id), panel: last.find((exchange) => caseIdOf(exchange.url) === id) }))
    .filter((one) => !one.browser || !one.panel || one.panel.outcome === 'pending');
  await waitFor(() => `the report to settle, all but ${JSON.stringify(unsettled())}`, async () => {
    const { exchanges } = await panel.evaluate(() => corsInspector.report());
    const isStable = JSON.stringify(last) === JSON.stringify(exchanges);
    last = exchanges;
    return isStable && unsettled().length === 0 && exchanges.every(({ outcome }) => outcome !== 'pending');
  });
}

/** Part of the panel's evidence is DevTools' own log: which of several headers comes first, and what became of a redirect. */
function needsNetworkLog(one: OracleCase, verdict: BrowserVerdict | undefined): boolean {
  if (verdict?.outcome === 'blocked') return verdict.reason === 'HeaderDisallowedByPreflightResponse';
  const redirects = one.hops[0]?.actual.headers.some(([name, value]) => name === 'Location' && value.startsWith('{next}')) ?? false;
  return one.redirect !== 'follow' && redirects && verdict?.outcome === 'failed';
}

/** The log comes later than the verdicts: waits until it tells of these cases. */
async function networkLogCatchesUp(panel: DevTools['panel'], ids: readonly number[]): Promise<void> {
  let missing = ids;
  await waitFor(() => `the network log of ${JSON.stringify(missing)}`, async () => {
    const urls = await panel.evaluate(() => new Promise<string[]>((resolve) => {
      chrome.devtools.network.getHAR(({ entries }) => resolve(entries.filter(({ response }) => '_error' in response && response._error).map(({ request }) => request.url)));
    }));
    const logged = new Set(urls.map(caseIdOf));
    missing = ids.filter((id) => !logged.has(id));
    return missing.length === 0 || undefined;
  });
}

