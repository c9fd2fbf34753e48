import { existsSync, readdirSync } from 'node:fs';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { acrossRows } from '../../src/explain/across.ts';
import { causes, openCauses } from '../../src/explain/causes/causes.ts';
import { failures } from '../../src/explain/net-errors.ts';
import type { ExchangeReport } from '../../src/report.ts';
import { launchChromium, openPanel, waitFor, type DevTools } from '../browser/chromium.ts';
import { framesInOneProcess, recordVerdicts, type BrowserVerdicts } from './browser-verdicts.ts';
import { causesNotShown, notOnLoopback, themes } from './entries.ts';
import { type CorsError, type Entry, type Expectation, type PageOutcome, nowhere } from './entry.ts';
import { situations } from '../situations/situations.ts';
import { causeScores } from './cause-scores.ts';
import { extensionFolder } from './extension.ts';
import { headerValue } from './raw-server.ts';
import { startPlayground, type Playground } from './server.ts';

// Only for listing: a test's entries are those of the playground it started, whose ports are known.
const listed = themes.flatMap(({ entries }) => entries(nowhere));
const ids = listed.map(({ id }) => id);

/** All codes of the DevTools protocol; the compiler complains when one is missing or unknown. */
const corsErrors: Readonly<Record<CorsError, true>> = {
  DisallowedByMode: true,
  InvalidResponse: true,
  WildcardOriginNotAllowed: true,
  MissingAllowOriginHeader: true,
  MultipleAllowOriginValues: true,
  InvalidAllowOriginValue: true,
  AllowOriginMismatch: true,
  InvalidAllowCredentials: true,
  CorsDisabledScheme: true,
  PreflightInvalidStatus: true,
  PreflightDisallowedRedirect: true,
  PreflightWildcardOriginNotAllowed: true,
  PreflightMissingAllowOriginHeader: true,
  PreflightMultipleAllowOriginValues: true,
  PreflightInvalidAllowOriginValue: true,
  PreflightAllowOriginMismatch: true,
  PreflightInvalidAllowCredentials: true,
  PreflightMissingAllowExternal: true,
  PreflightInvalidAllowExternal: true,
  InvalidAllowMethodsPreflightResponse: true,
  InvalidAllowHeadersPreflightResponse: true,
  MethodDisallowedByPreflightResponse: true,
  HeaderDisallowedByPreflightResponse: true,
  RedirectContainsCredentials: true,
  InsecureLocalNetwork: true,
  InvalidLocalNetworkAccess: true,
  NoCorsRedirectModeNotFollow: true,
  LocalNetworkAccessPermissionDenied: true,
};

describe('the list of entries', () => {
  test('holds every theme of the folder', () => {
    const files = readdirSync(new URL('entries', import.meta.url));
    expect(themes.length, 'Add the theme of each file in test/playground/entries to `themes` in entries.ts.').toBe(files.length);
  });

  test('names each entry once', () => {
    expect(ids.filter((id, index) => ids.indexOf(id) !== index), 'Rename the entries with these ids.').toEqual([]);
    const titles = listed.map(({ title }) => title);
    expect(titles.filter((title, index) => titles.indexOf(title) !== index), 'Rename the entries with these titles.').toEqual([]);
  });

  test.each(listed.map((entry) => [entry.id, entry] as const))('%s has a path, a title and one line that ends in a full stop', (id, { title, explanation }) => {
    expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(title).toMatch(/^\S.{4,70}[^.\s]$/);
    expect(explanation).toMatch(/^\S.{30,140}\.$/);
  });

  test.each(listed.map(({ id, expect: { outcome, cause } }) => [id, outcome, cause] as const))('%s is labelled with its cause', (_, outcome, cause) => {
    expect(cause !== undefined, 'Say in `cause` what the panel must tell first of an entry that is blocked or failed, and of no other.').toBe(outcome === 'blocked' || outcome === 'failed');
  });

  test('shows every cause, or says why it cannot', () => {
    const entries = listed.flatMap(({ expect: { cause, orCause, alsoCauses = [] } }) => [cause, orCause, ...alsoCauses]);
    const shown = new Set([...entries, ...situations.flatMap(({ cause, inChromium, inFirefox }) => [cause, inChromium, inFirefox])].filter((id) => id != null));
    const ids = [...causes, ...openCauses, ...acrossRows].map((row) => row.id);
    const kinds = failures.map(({ kind }) => kind);
    const all = [...ids, ...kinds];
    expect(all.filter((cause) => !shown.has(cause) && !causesNotShown.has(cause)), 'Label an entry or a situation with each of these, or give the reason in causesNotShown.').toEqual([]);
    expect([...causesNotShown.keys()].filter((cause) => shown.has(cause) || !all.includes(cause)), 'Take these out of causesNotShown.').toEqual([]);
    expect([...shown].filter((cause) => !all.includes(cause)), 'No cause has these names.').toEqual([]);
  });

  test.each(Object.keys(corsErrors) as CorsError[])('%s is shown, or it is said why it cannot be', (code) => {
    const shown = listed.some(({ expect: { code: expected } }) => expected === code);
    expect(shown, `Show ${code} in an entry or give the reason in notOnLoopback, one of the two.`).toBe(!notOnLoopback.has(code));
  });
});

describe('the browser, without the extension', () => {
  let playground: Playground;
  let browser: Browser;
  let page: Page;
  let verdicts: BrowserVerdicts;

  beforeAll(async () => {
    playground = await startPlayground();
    browser = await launchChromium({ extension: null, args: framesInOneProcess });
    page = await firstPage(browser);
    verdicts = await recordVerdicts(page);
    await openPlayground(page, playground);
  });
  afterAll(() => Promise.all([browser?.close(), playground?.close()]));

  test.each(ids)('judges %s as the entry expects', async (id) => {
    const entry = entryOf(playground, id);
    const expected = entry.expect;
    expect(await run(page, id)).toBe(expected.page ?? (expected.outcome === 'allowed' ? 'readable' : 'blocked'));

    const verdict = await waitFor(`the browser's verdict on ${id}`, () => verdicts.of(urlOf(playground, entry)));
    expect(verdict).toEqual(
      expected.code === undefined
        ? { outcome: expected.outcome, ...(expected.netError === undefined ? {} : { netError: expected.netError }) }
        : { outcome: 'blocked', code: expected.code, parameter: expect.toBeOneOf(parametersOf(expected)) },
    );

    const requests = playground.requestsOf(entry).filter(({ target }) => target === `/${id}`);
    const preflights = requests.filter(({ method }) => method === 'OPTIONS').length;
    expect(preflightsSay(preflights, entry), `${preflights} preflights reached the server`).toBe(expected.preflight ?? null);
    // Towards its own origin a request has the mode of any other; where nothing listens none is seen.
    const modes = new Set(requests.map((request) => headerValue(request, 'sec-fetch-mode')));
    expect([...modes]).toEqual(requests.length === 0 ? [] : [expected.mode ?? 'cors']);
  });

  test('plays both signs of credentials', async () => {
    const signs = playground.entries
      .filter(({ request }) => request.credentials === 'include')
      .flatMap((entry) => playground.requestsOf(entry).flatMap(({ headers }) => headers.map(([name]) => name.toLowerCase())));
    expect(signs).toContain('cookie');
    expect(signs).toContain('sec-fetch-storage-access');
  });
});

describe('the panel', () => {
  let playground: Playground;
  let browser: Browser;
  let page: Page;
  let devTools: DevTools;

  beforeAll(async () => {
    if (!existsSync(extensionFolder)) throw new Error('There is no extension to test. Run: npm run build');
    playground = await startPlayground();
    browser = await launchChromium({ extension: extensionFolder });
    page = await firstPage(browser);
    await page.goto(playground.appUrl);
    devTools = await openPanel(page);
    await openPlayground(page, playground);
  });
  afterAll(() => Promise.all([browser?.close(), playground?.close()]));

  const scores = causeScores();

  test.each(ids)('reports %s as the entry expects', async (id) => {
    const entry = entryOf(playground, id);
    await run(page, id);
    // Evidence comes in pieces, the network log's after webRequest's: the report need only end up right.
    await vi.waitFor(async () => {
      const { exchanges } = await devTools.panel.evaluate(() => corsInspector.report());
      // A font's look-up in the cache and the first of two requests come before the one that is judged.
      const exchange = exchanges.filter(({ url }) => url === urlOf(playground, entry)).at(-1);
      expectReport(exchange, entry.expect);
      scores.add(id, entry.expect, exchange?.causes.map((cause) => cause.id) ?? []);
      expect(scores.faultOf(id)).toBeNull();
    }, { timeout: 5_000, interval: 20 });
  });

  test('names the causes with full precision and recall', () => {
    const table = scores.table();
    console.log(table.text);
    expect({ precision: table.precision, recall: table.recall }).toEqual({ precision: 1, recall: 1 });
  });
});

function expectReport(exchange: ExchangeReport | undefined, expected: Expectation): void {
  const error = exchange?.error ?? null;
  expect({
    outcome: exchange?.outcome,
    codes: error === null ? [] : [error.code, ...error.alternatives].sort(),
    netError: exchange?.failure?.netError,
    preflight: exchange?.preflight?.from ?? null,
    mode: exchange?.mode.value,
    risks: exchange?.risks.map((risk) => risk.id),
  }).toEqual({
    outcome: expected.outcome,
    codes: expected.outcome === 'blocked' ? [expected.code, ...(expected.alternatives ?? [])].sort() : [],
    netError: expected.netError,
    preflight: expected.preflight ?? null,
    mode: expected.mode ?? 'cors',
    risks: expected.risks ?? [],
  });
  // Where the panel puts the alternative first, the rest of the error is that of the other credentials mode.
  if (error === null || error.code !== expected.code) return;
  expect(parametersOf(expected)).toContain(error.parameter);
  if (expected.firefox !== undefined) expect(error.firefox).toBe(expected.firefox);
  expect(exchange?.otherErrors).toEqual(expect.arrayContaining([...(expected.otherErrors ?? [])]));
}

interface PlaygroundWindow {
  readonly playground: { run(id: string): Promise<PageOutcome> };
}

async function firstPage(browser: Browser): Promise<Page> {
  return (await browser.pages())[0] ?? browser.newPage();
}

async function openPlayground(page: Page, playground: Playground): Promise<void> {
  await page.goto(playground.appUrl);
  await page.waitForFunction('globalThis.playground !== undefined');
}

const run = (page: Page, id: string): Promise<PageOutcome> =>
  page.evaluate((wanted) => (globalThis as unknown as PlaygroundWindow).playground.run(wanted), id);

function entryOf({ entries }: Playground, id: string): Entry {
  const entry = entries.find((candidate) => candidate.id === id);
  if (entry === undefined) throw new Error(`The playground lost its entry ${id}.`);
  return entry;
}

const urlOf = ({ origins }: Playground, { id, request }: Entry): string => `${origins[request.to ?? 'api']}/${id}`;

const parametersOf = ({ parameter = '', parameterAlternatives = [] }: Expectation): string[] => [parameter, ...parameterAlternatives];

/** Where the last request's preflight was answered, by the number of preflights that reached the server. */
function preflightsSay(count: number, { request }: Entry): Expectation['preflight'] {
  if (count === 0) return null;
  return count < (request.times ?? 1) ? 'cache' : 'network';
}
