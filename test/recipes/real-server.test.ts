import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recipes } from '../../src/recipes/recipes.ts';
import { launchChromium, waitFor } from '../browser/chromium.ts';
import type { RunningServer } from './process.ts';
import { recipeServer } from './recipe-server.ts';
import { scenarios, type From, type Step } from './scenarios.ts';

/** A server of empty pages; one of its paths is sandboxed, which gives that page the origin `null` as it does a frame. */
async function startPages(): Promise<Server> {
  const server = createServer((request, response) => {
    response.setHeader('Content-Type', 'text/html');
    if (request.url === '/sandboxed') response.setHeader('Content-Security-Policy', 'sandbox allow-scripts');
    response.end('<!doctype html><title>page</title>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

let browser: Browser;
let pages: readonly [Server, Server];
let urls: Readonly<Record<From, string>>;
let tabs: ReadonlyMap<From, Tab>;

/** A page that is open, and Chrome's codes of the CORS errors of its fetches. */
interface Tab {
  readonly page: Page;
  readonly blocked: string[];
}

async function openTab(url: string): Promise<Tab> {
  const page = await browser.newPage();
  const session = await page.createCDPSession();
  await session.send('Network.enable');
  const blocked: string[] = [];
  session.on('Network.loadingFailed', ({ type, corsErrorStatus }) => {
    // A preflight that fails is reported, too, before the request that it was for.
    if (type === 'Fetch' && corsErrorStatus) blocked.push(corsErrorStatus.corsError);
  });
  await page.goto(url);
  return { page, blocked };
}

beforeAll(async () => {
  pages = [await startPages(), await startPages()];
  const port = portOf(pages[0]);
  // Chromium resolves every name below localhost to loopback.
  urls = {
    'the app': `http://app.example.localhost:${port}/`,
    'the admin page': `http://admin.example.localhost:${port}/`,
    'a foreign site': `http://foreign.localhost:${port}/`,
    'another port': `http://app.example.localhost:${portOf(pages[1])}/`,
    'another host': `http://127.0.0.1:${port}/`,
    'a host that begins alike': `http://app.example.localhost.evil.localhost:${port}/`,
    'a host that ends alike': `http://evilapp.example.localhost:${port}/`,
    'a sandboxed page': `http://app.example.localhost:${port}/sandboxed`,
  };
  browser = await launchChromium({ extension: null });
  const opened = new Map<From, Tab>();
  for (const [from, url] of Object.entries(urls) as [From, string][]) opened.set(from, await openTab(url));
  tabs = opened;
});

afterAll(async () => {
  await browser?.close();
  for (const server of pages ?? []) {
    server.closeAllConnections();
    server.close();
  }
  console.log(table());
});

const passed = new Map<string, Set<string>>();

/** Recipes against scenarios, as a Markdown table. */
function table(): string {
  const rows = scenarios.map(({ name }) => `| ${name} | ${recipes.map(({ id }) => (passed.get(id)?.has(name) ? 'yes' : 'NO')).join(' | ')} |`);
  return [`| scenario | ${recipes.map(({ title }) => title).join(' | ')} |`, `|---|${recipes.map(() => '---|').join('')}`, ...rows].join('\n');
}

describe.each(recipes.map((recipe) => [recipe.id, recipe] as const))('%s', (_, recipe) => {
  let api: RunningServer;

  beforeAll(async () => {
    const rendered = recipe.render({
      origins: [new URL(urls['the app']).origin, new URL(urls['the admin page']).origin],
      credentialed: true,
      methods: ['PUT'],
      requestHeaders: ['authorization', 'content-type', 'x-request-id'],
      exposedHeaders: ['x-trace'],
      maxAge: 600,
    });
    if (!rendered.ok) throw new Error(rendered.refused);
    const server = await recipeServer(recipe.id);
    console.log(`${recipe.title}: ${await server.version()}`);
    api = await server.start(rendered.snippet);
  });

  afterAll(() => api?.close());

  // A host of its own keeps each scenario from the cookies and caches of the others. All are of the site of the two
  // allowed pages, whose cookies then are not third-party ones.
  it.each(scenarios.map(({ name, steps }, index) => [name, steps, `api${index}.example.localhost`] as const))('%s', async (name, steps, host) => {
    for (const step of steps) expect(await play(step, `http://${host}:${api.port}${step.path}`)).toEqual(expected(step));
    passed.set(recipe.id, (passed.get(recipe.id) ?? new Set()).add(name));
  });

  /** Fetches in the page, and gives of what its script sees the parts that the step names; or the code of Chrome's CORS error. */
  async function play({ from, init, expect: wanted }: Step, url: string): Promise<object> {
    const tab = tabs.get(from);
    if (!tab) throw new Error(`No page was opened for ${from}.`);
    const header = 'header' in wanted ? wanted.header?.[0] : undefined;
    const seen = await tab.page.evaluate(async (url, init, header) => {
      const response = await fetch(url, init).catch(() => null);
      return response && { status: response.status, body: await response.text(), header: header === undefined ? null : response.headers.get(header) };
    }, url, init, header);
    // Only a CORS error counts: a connection that fails is waited for in vain.
    if (seen === null) return { blocked: await waitFor(`the CORS error of ${url}`, () => tab.blocked.shift()) };
    return {
      readable: seen.status === 0 || seen.body !== '',
      status: seen.status,
      ...('body' in wanted ? { body: seen.body } : {}),
      ...(header === undefined ? {} : { header: [header, seen.header] }),
    };
  }

  const expected = ({ expect: wanted }: Step): object =>
    'blocked' in wanted ? wanted : { readable: true, ...wanted, status: expect.toBeOneOf([...wanted.status]) };
});
