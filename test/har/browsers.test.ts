import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readHar } from '../../src/har/read.ts';
import { type ExchangeReport, type Report, reportOf } from '../../src/report.ts';
import { waitFor } from '../browser/chromium.ts';
import { browsers } from '../e2e/browsers.ts';
import { type InspectedPlayground, inspectPlayground, run, savedWith } from '../e2e/inspected-playground.ts';

/** Of what the file of each browser may not hold the evidence, by the outcome that was seen live. */
const untold = {
  chromium: {
    // An address space that is out of reach and a redirect that the script refused are written as every CORS failure is.
    failed: ['public-page-to-loopback', 'redirect-within-the-api?error', 'redirect-to-another-scheme?error'],
    blocked: ['redirect-with-user-info'],
    allowed: [],
  },
  firefox: {
    // Firefox writes neither errors nor whether the page got the response,
    failed: 'any',
    // nor where a redirect would have led to another scheme, and on a busy machine to user info, and sometimes no status where
    // the frame is gone that asked.
    blocked: ['redirect-to-another-scheme', 'redirect-with-user-info', 'sandboxed-frame-blocked'],
    allowed: 'any',
  },
} as const;

describe.each(browsers)('what the network tool of $name saves', ({ name, inspect, startNetworkTool }) => {
  let inspected: InspectedPlayground;
  let live: Report;
  let offline: Report;

  beforeAll(async () => {
    inspected = await inspectPlayground(inspect, startNetworkTool);
    const { playground, page, devTools, panel } = inspected;
    await run(page, ...playground.entries.map(({ id }) => id));
    for (const redirect of ['manual', 'error'] as const) {
      for (const path of ['redirect-within-the-api', 'redirect-without-headers', 'redirect-to-another-scheme']) {
        await page.evaluate((url, mode) => fetch(url, { redirect: mode }).then(() => {}, () => {}), `${playground.origins.api}/${path}?${redirect}`, redirect);
      }
    }
    // Chrome tells a moment after a redirect that the script refused it. By the end of one more request it has.
    const last = `${playground.origins.api}/explicit-origin?last`;
    await page.evaluate((url) => fetch(url).then((response) => response.text()), last);
    live = await waitFor('every verdict', async () => {
      const report = await panel.evaluate(() => corsInspector.report());
      // The page may have its answer before the panel is told of the request. It is told of one after the other.
      const isAllTold = report.exchanges.some(({ url }) => url === last);
      return isAllTold && report.exchanges.every(({ outcome }) => outcome !== 'pending') ? report : undefined;
    });
    const reading = readHar(await savedWith(last, devTools));
    if (!reading.ok) throw new Error(reading.problem);
    offline = reportOf({ ...reading.session, generator: live.generator, gaps: [], dropped: 0 });
  });
  afterAll(() => inspected?.close());

  /** Each exchange with what the file makes of it, in the order in which they began at one URL. */
  function pairs(): readonly (readonly [ExchangeReport, ExchangeReport | undefined])[] {
    const rest = [...offline.exchanges];
    return live.exchanges.map((exchange) => {
      const at = rest.findIndex(({ url, method }) => url === exchange.url && method === exchange.method);
      return [exchange, at === -1 ? undefined : rest.splice(at, 1)[0]];
    });
  }
  const pathOf = ({ url }: ExchangeReport): string => url.replace(/^https?:\/\/[^/]+\//, '');
  const codesOf = ({ error }: ExchangeReport): readonly string[] => (error ? [error.code, ...error.alternatives] : []);

  it('holds every request that was recorded live, and no other', () => {
    const requestsOf = ({ exchanges }: Report): readonly string[] => exchanges.map((exchange) => `${exchange.method} ${pathOf(exchange)}`).sort();
    expect(requestsOf(offline)).toEqual(requestsOf(live));
    expect(live.exchanges.length).toBeGreaterThan(inspected.playground.entries.length);
    expect(offline).toMatchObject({ browser: { name, version: expect.stringMatching(new RegExp(`^${live.browser.version.split('.', 1)[0]}\\.`)) }, page: live.page });
  });

  it('gives the same verdicts, or says that they are unknown', () => {
    const wrong = pairs().flatMap(([seen, read]) => {
      const isSame = read?.outcome === seen.outcome && (seen.error === null || codesOf(read).includes(seen.error.code) || codesOf(seen).includes(read.error?.code ?? ''));
      return isSame || read?.outcome === 'unknown' ? [] : [`${pathOf(seen)}: ${seen.outcome} ${codesOf(seen)}, but ${read?.outcome} ${read && codesOf(read)}`];
    });
    expect(wrong).toEqual([]);
  });

  it('leaves nothing unknown but what it does not hold', () => {
    for (const outcome of ['blocked', 'failed', 'allowed'] as const) {
      const unknown = pairs().filter(([seen, read]) => seen.outcome === outcome && read?.outcome === 'unknown').map(([seen]) => pathOf(seen));
      const expected: 'any' | readonly string[] = untold[name][outcome];
      if (expected !== 'any') expect(unknown.filter((path) => !expected.includes(path)), outcome).toEqual([]);
    }
  });

  it('invents no mode, no credentials mode, no redirect and no preflight', () => {
    const invented = pairs().flatMap(([seen, read]) => {
      if (!read) return [];
      const said = (of: ExchangeReport) => ({ preflight: of.preflight && `${of.preflight.from} ${of.preflight.status}`, redirects: of.redirects.map(({ status }) => status) });
      const differs = (['mode', 'credentials'] as const).filter((key) => read[key].value !== 'unknown' && seen[key].value !== 'unknown' && read[key].value !== seen[key].value);
      return differs.length === 0 && JSON.stringify(said(read)) === JSON.stringify(said(seen)) ? [] : [`${pathOf(seen)}: ${differs} ${JSON.stringify(said(seen))}, but ${JSON.stringify(said(read))}`];
    });
    expect(invented).toEqual([]);
  });
});
