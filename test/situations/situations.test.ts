import type { TlsOptions } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { acrossRows } from '../../src/explain/across.ts';
import type { ExchangeReport, Report } from '../../src/report.ts';
import { waitFor } from '../browser/chromium.ts';
import type { Driven, InspectedPage } from '../browser/driven.ts';
import { type InspectedBrowser, inspectInChromium, inspectInFirefox } from '../browser/inspect.ts';
import type { Surroundings } from '../browser/surroundings.ts';
import { allowOrigin, ok } from '../playground/entry.ts';
import { type RawServer, startRawServer } from '../playground/raw-server.ts';
import { authority } from './certificates.ts';
import { type Situation, fetchesJudged, names, situations } from './situations.ts';

const surroundings: Surroundings = {
  hosts: Object.values(names),
  authority,
  proxied: { host: names.proxied, proxy: '127.0.0.1:9' },
  extensions: [fileURLToPath(new URL('blocker', import.meta.url))],
  preferences: { 'privacy.trackingprotection.enabled': true },
};

const browsers = [
  { name: 'chromium', inspect: inspectInChromium },
  { name: 'firefox', inspect: inspectInFirefox },
] as const;

const acrossIds: ReadonlySet<string> = new Set(acrossRows.map(({ id }) => id));

/** In a frame the page fetches the URL that its query is, and tells when that is over. */
const html = '<!doctype html><title>Page</title><body><script>if (parent !== self) fetch(decodeURIComponent(location.search.slice(1))).catch(() => undefined).finally(() => parent.postMessage("", "*"))</script>';

describe.each(browsers)('in $name, set up for it', ({ name, inspect }) => {
  let browser: InspectedBrowser;
  let page: InspectedPage;
  let panel: Driven;
  let other: RawServer;

  beforeAll(async () => {
    other = await startRawServer(() => ok(allowOrigin('*')));
    browser = await inspect({ surroundings });
    page = await browser.newPage();
    await page.goto(`http://localhost:${other.port}/`);
    ({ panel } = await (await page.openDevTools())());
  });
  afterAll(async () => {
    await browser?.close();
    await other?.close();
  });

  const report = (): Promise<Report> => panel.evaluate(() => corsInspector.report());
  const exchangesAt = (part: string, { exchanges }: Report): readonly ExchangeReport[] => exchanges.filter(({ url }) => url.includes(part));

  /** Plays it, and checks what is reported while its servers still run. */
  async function play({ server, page: shown, answer, does = fetchesJudged, isOffline = false }: Situation, expects: () => Promise<void>): Promise<void> {
    const at = { page: '', other: `http://localhost:${other.port}` };
    const api = await startRawServer((request) => answer?.(request, at) ?? ok(allowOrigin('*')), tlsOf(server));
    const target = originOf(api, server);
    const headers = (shown?.headers ?? []).map(([header, value]) => [header, value.replace('{server}', target)] as const);
    const app = await startRawServer(() => ({ status: 200, headers: [['Content-Type', 'text/html'], ...headers], body: html }), tlsOf(shown));
    at.page = originOf(app, shown);
    try {
      await page.goto(`${at.page}/`);
      await panel.evaluate(() => corsInspector.clear());
      await page.setOffline(isOffline);
      await page.evaluate(`(async (server) => { ${does} })(${JSON.stringify(target)})`);
      await page.setOffline(false);
      await expects();
    } finally {
      await Promise.all([api.close(), app.close()]);
    }
  }

  it.each(situations.filter(({ onlyIn = name }) => onlyIn === name).map((situation) => [situation.name, situation] as const))('tells the cause: %s', async (_, situation) => {
    const { cause, inChromium = cause, inFirefox = cause, unseenIn = [] } = situation;
    const expected = name === 'chromium' ? inChromium : inFirefox;
    await play(situation, async () => {
      if (unseenIn.includes(name)) {
        // What is recorded after it shows that it was not.
        await page.evaluate(`fetch('http://localhost:${other.port}/after').catch(() => undefined)`);
        await waitFor('the request after it', async () => exchangesAt('/after', await report()).length > 0);
        expect(exchangesAt('/judged', await report())).toEqual([]);
        return;
      }
      await vi.waitFor(async () => {
        const whole = await report();
        const [exchange, ...others] = exchangesAt('/judged', whole);
        expect(others.map(({ method, url }) => [method, url]), 'the page asked once').toEqual([]);
        const told = exchange?.causes.map(({ id }) => id) ?? [];
        if (expected === null) expect([exchange?.outcome, told]).toEqual(['unknown', []]);
        // What shows only beside other requests need not come first.
        else expect(acrossIds.has(expected) ? told.find((id) => id === expected) : told[0], JSON.stringify(whole)).toBe(expected);
      }, { timeout: 20_000, interval: 50 });
    });
  });
});

const tlsOf = (side: Situation['server']): { readonly tls?: TlsOptions } => (side?.tls ? { tls: side.tls } : {});
const originOf = ({ port: actual }: RawServer, { tls, host = 'localhost', port = actual }: NonNullable<Situation['server']> = {}): string =>
  `${tls ? 'https' : 'http'}://${host}:${port}`;
