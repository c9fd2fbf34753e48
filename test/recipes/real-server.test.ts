import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Proof, Recipe } from '../../src/recipes/recipe.ts';
import { recipes } from '../../src/recipes/recipes.ts';
import { launchChromium, waitFor } from '../browser/chromium.ts';
import { policies } from './policies.ts';
import { expectReferenceResponses } from './raw-responses.ts';
import { orSkip, recipeServer, snippetChecker, type RunningServers, type Skipping } from './recipe-server.ts';
import { grants, scenarioPolicy, scenarios, type From, type Step } from './scenarios.ts';

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

/** A page that is open, and by URL Chrome's codes of the CORS errors of its fetches, the first one each. */
interface Tab {
  readonly page: Page;
  readonly blocked: Map<string, string>;
}

async function openTab(url: string): Promise<Tab> {
  const page = await browser.newPage();
  const session = await page.createCDPSession();
  await session.send('Network.enable');
  const blocked = new Map<string, string>();
  const fetched = new Map<string, string>();
  session.on('Network.requestWillBeSent', ({ requestId, type, request }) => {
    // A preflight that fails is reported, too, before the request that it was for.
    if (type === 'Fetch') fetched.set(requestId, request.url);
  });
  session.on('Network.loadingFailed', ({ requestId, corsErrorStatus }) => {
    const url = fetched.get(requestId);
    if (url !== undefined && corsErrorStatus) blocked.set(url, corsErrorStatus.corsError);
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
});

/** Fetches in the page, and gives of what its script sees the parts that the step names; or the code of Chrome's CORS error. */
async function play({ from, init, expect: wanted }: Step, url: string): Promise<object> {
  const tab = tabs.get(from);
  if (!tab) throw new Error(`No page was opened for ${from}.`);
  const header = 'header' in wanted ? wanted.header?.[0] : undefined;
  tab.blocked.delete(url);
  const seen = await tab.page.evaluate(async (url, init, header) => {
    const response = await fetch(url, init).catch(() => null);
    return response && { status: response.status, body: await response.text(), header: header === undefined ? null : response.headers.get(header) };
  }, url, init, header);
  // Only a CORS error counts: a connection that fails is waited for in vain.
  if (seen === null) return { blocked: await waitFor(`the CORS error of ${url}`, () => tab.blocked.get(url)) };
  return {
    readable: seen.status === 0 || seen.body !== '',
    status: seen.status,
    ...('body' in wanted ? { body: seen.body } : {}),
    ...(header === undefined ? {} : { header: [header, seen.header] }),
  };
}

const expected = ({ expect: wanted }: Step): object =>
  'blocked' in wanted
    ? { blocked: expect.toBeOneOf([...wanted.blocked]) }
    : { readable: true, ...wanted, status: expect.toBeOneOf([...wanted.status]) };

const isPlayed = ({ proof }: Recipe): boolean => proof.kind !== 'not-on-the-server';
const checkedWith = (proof: Proof): string => (proof.kind === 'not-on-the-server' ? proof.checkedWith : proof.versions);

/** Fails where a recipe names other versions than those at hand. */
async function expectVersions({ id, proof }: Recipe): Promise<void> {
  const stated = checkedWith(proof);
  const ran = await (await snippetChecker(id)).version?.() ?? 'no version';
  expect(atPrecisionOf(stated, ran), `Write “${ran}” into the proof of src/recipes/${id}.ts, if all else passes.`).toBe(majorAndMinor(stated));
}

/** What each recipe passed, by its id. */
const passed = new Map<string, Set<string>>();
const pass = (id: string, name: string): void => void passed.set(id, (passed.get(id) ?? new Set()).add(name));
const everyGrant = 'each grant is needed';
const reference = 'every named policy that the recipe can hold is answered as the reference server does';
const proofs: readonly string[] = [...scenarios.map(({ name }) => name), everyGrant, reference];

describe.each(recipes.filter(isPlayed).map((recipe) => [recipe.id, recipe] as const))('%s', { timeout: 600_000 }, (_, recipe) => {
  const named = Object.entries(policies).flatMap(([name, policy]) => {
    const rendered = recipe.render(policy);
    return rendered.ok ? [{ name, policy, snippet: rendered.snippet }] : [];
  });
  let starting: Promise<RunningServers> | undefined;
  let began = 0;
  const seconds = (): string => `${((performance.now() - began) / 1000).toFixed(1)} s`;

  /** The ports: of the scenarios' policy, of the same without each grant, and of each named policy. */
  async function ports(context: Skipping): Promise<readonly number[]> {
    const running = (starting ??= start());
    return (await orSkip(context, () => running)).ports;
  }

  async function start(): Promise<RunningServers> {
    const server = await recipeServer(recipe.id);
    const version = await server.version();
    const policy = scenarioPolicy(new URL(urls['the app']).origin, new URL(urls['the admin page']).origin);
    const snippets = [policy, ...grants.map(({ without }) => without(policy))].map((policy) => {
      const rendered = recipe.render(policy);
      if (!rendered.ok) throw new Error(rendered.refused);
      return rendered.snippet;
    });
    const running = await server.start([...snippets, ...named.map(({ snippet }) => snippet)]);
    console.log(`${version}: ${running.ports.length} servers after ${seconds()}`);
    return running;
  }

  beforeAll(() => { began = performance.now(); });
  afterAll(async () => {
    await (await starting?.catch(() => undefined))?.close();
    console.log(`${recipe.title} took ${seconds()}`);
  });

  it('runs the versions that it names', async (context) => {
    await ports(context);
    await expectVersions(recipe);
  });

  /**
   * A host of its own keeps what is played from the cookies and caches of all else: a port that a recipe gave back may
   * serve the next one, whose preflights the browser would then answer from its cache. All are of the site of the two
   * allowed pages, whose cookies then are not third-party ones.
   */
  const hostOf = (played: string): string => `${played}.${recipe.id}.example.localhost`;

  it.concurrent.for(scenarios.map(({ name, steps }, index) => [name, steps, hostOf(`scenario${index}`)] as const))('%s', async ([name, steps, host], context) => {
    const [port] = await ports(context);
    for (const step of steps) expect(await play(step, `http://${host}:${port}${step.path}`)).toEqual(expected(step));
    pass(recipe.id, name);
  });

  it(everyGrant, async (context) => {
    const [whole, ...without] = await ports(context);
    for (const [index, { name, step }] of grants.entries()) {
      const host = hostOf(`grant${index}`);
      expect(await play(step, `http://${host}:${whole}${step.path}`), `with ${name}`).not.toEqual(expected(step));
      expect(await play(step, `http://${host}:${without[index]}${step.path}`), `without ${name}`).toEqual(expected(step));
    }
    pass(recipe.id, everyGrant);
  });

  it(reference, async (context) => {
    const [, ...rest] = await ports(context);
    await Promise.all(named.map(async ({ name, policy }, index) => {
      const port = rest[grants.length + index];
      if (port === undefined) throw new Error(`${recipe.title} started no server for ${name}.`);
      await expectReferenceResponses(port, policy, name);
    }));
    pass(recipe.id, reference);
  });
});

describe.each(recipes.filter((recipe) => !isPlayed(recipe) && /\d\.\d/.test(checkedWith(recipe.proof))).map((recipe) => [recipe.id, recipe] as const))('%s', { timeout: 600_000 }, (_, recipe) => {
  it('is checked with the versions that it names', async (context) => {
    await orSkip(context, () => expectVersions(recipe));
  });
});

/** Numbers of a version beyond the minor one say nothing of how a snippet is read. */
const majorAndMinor = (versions: string): string => versions.replace(/(\d+\.\d+)[\w.+-]*/g, '$1');

/** The versions that ran, cut to as many numbers as the recipe states of each. */
function atPrecisionOf(stated: string, ran: string): string {
  const precisions = [...majorAndMinor(stated).matchAll(/\d+(?:\.\d+)?/g)].map(([version]) => version.split('.').length);
  let index = 0;
  return majorAndMinor(ran).replace(/\d+(?:\.\d+)?/g, (version) => version.split('.').slice(0, precisions[index++] ?? 2).join('.'));
}

it('is in the table of PROVEN.md', async (context) => {
  const table = provenTable();
  console.log(table);
  const unplayed = recipes.filter((recipe) => isPlayed(recipe) && !passed.has(recipe.id));
  if (unplayed.length > 0 && !process.env['CI']) context.skip(`Not played here: ${unplayed.map(({ title }) => title).join(', ')}`);
  await expect(table).toMatchFileSnapshot('PROVEN.md');
});

/** Recipes against scenarios, in Markdown. */
function provenTable(): string {
  const columns = proofs.map((_, index) => index + 1);
  const prefixes = { 'server': '', 'emulator': 'not proven on the server; emulator ', 'not-on-the-server': 'not proven on the server; checked with ' } as const;
  const cells = (recipe: Recipe): readonly string[] => [
    `${prefixes[recipe.proof.kind]}${checkedWith(recipe.proof)}`,
    ...proofs.map((name) => (!isPlayed(recipe) ? '' : passed.get(recipe.id)?.has(name) ? 'yes' : 'NO')),
  ];
  return [
    '# What every recipe passed',
    '',
    'The test run writes this page: each recipe\'s snippet runs in its real server, and a real Chromium makes the requests.',
    'Where that server cannot be had, the table says what stands in for it.',
    '',
    ...proofs.map((name, index) => `${index + 1}. ${name}`),
    '',
    `| recipe | ran in | ${columns.join(' | ')} |`,
    `|---|---|${columns.map(() => '---|').join('')}`,
    ...recipes.map((recipe) => `| ${[recipe.title, ...cells(recipe)].join(' | ')} |`),
    '',
  ].join('\n');
}
