import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import manifest from '../../manifest.json' with { type: 'json' };
import { waitFor } from '../browser/chromium.ts';
import { askingState, switchAskingOn } from '../oracle/asking.ts';
import { type HeaderLine, type RawAnswer, type RawRequest, type RawServer, startRawServer } from '../playground/raw-server.ts';
import { type Opened, type Tab, browsers } from './browsers.ts';

/** What each check of page/checks.js saw, by its name. */
type Seen = Readonly<Record<string, unknown>>;

/** What a page can see all the same, since no script can hide it. Each of these has to differ, or the row goes. */
const inEveryBrowser = { 'the whole stack of an error': 'The frames of the observer stand in it.' };

const visible: Readonly<Record<(typeof browsers)[number]['name'], Readonly<Record<string, string>>>> = {
  chromium: {
    ...inEveryBrowser,
    'toString across the realms of two frames': 'DevTools put the script into no frame but the main one.',
    'toString across the realms of a frame without a document of its own': 'The same of a frame that has no script of its own.',
  },
  firefox: {
    ...inEveryBrowser,
    ...Object.fromEntries(['fetch', 'EventSource', 'XMLHttpRequest.open', 'XMLHttpRequest.setRequestHeader', 'XMLHttpRequest.send', 'Function.toString', 'Image', 'Audio', 'Document.createElement', 'Document.createElementNS'].map((wrapped) => [
      `${wrapped}: how it is cloned`, 'A function cannot be cloned, nor can a Proxy, and the error names which.',
    ])),
    'the order of globals': 'Firefox lists those first that nobody has used yet.',
    'fetch: an object that gives no text': 'The error says what it was, and in the place of the object is a Proxy.',
  },
};

/** What a page can see of DevTools themselves. */
const ofDevTools: Readonly<Record<keyof typeof visible, readonly string[]>> = {
  chromium: [],
  // They read globals, and have errors keep more of their stacks.
  firefox: ['the order of globals', 'the whole stack of an error'],
};

const policies: readonly { readonly policy: string; readonly headers: readonly HeaderLine[] }[] = [
  { policy: 'without a policy', headers: [] },
  { policy: 'with a strict policy', headers: [['Content-Security-Policy', 'default-src \'self\'; img-src data:; script-src \'self\' \'unsafe-eval\'']] },
];

const script = (name: string): Promise<string> => readFile(new URL(`page/${name}`, import.meta.url), 'utf8');

const early = `globalThis.violations = [];
addEventListener('securitypolicyviolation', ({ violatedDirective, sample }) => violations.push([violatedDirective, sample]));`;

const documentOf = (...scripts: readonly string[]): string => `<!doctype html><title>Page</title><link rel="icon" href="data:,"><body>${scripts.join('')}`;

async function answer({ method, target, headers, body }: RawRequest): Promise<RawAnswer> {
  const page = policies[Number(/^\/page\/(\d)/.exec(target)?.[1])];
  if (page) {
    return {
      status: 200, headers: [['Content-Type', 'text/html'], ...page.headers],
      body: documentOf('<script src="/early.js"></script>', '<script type="module" src="/look.js"></script>'),
    };
  }
  const isScript = target.endsWith('.js');
  const text = async (): Promise<string> => {
    switch (target) {
      case '/frame': return documentOf();
      case '/early.js': return early;
      case '/look.js':
      case '/checks.js': return script(target.slice(1));
      // Where it differs with each load, it is left out.
      case '/echo': return JSON.stringify([method, String(body), headers.filter(([name]) => !/^(host|connection|referer|user-agent|sec-ch-.*)$/i.test(name))]);
      default: return 'body';
    }
  };
  return {
    status: 200, body: await text(),
    headers: [['Content-Type', isScript ? 'text/javascript' : target === '/frame' ? 'text/html' : 'text/plain'], ['Cache-Control', 'no-store']],
  };
}

it('the extension has no script that goes into pages by itself, and no permission to send one', () => {
  expect(Object.keys(manifest).filter((key) => key.includes('content_scripts') || key.includes('web_accessible_resources') || key.includes('user_scripts'))).toEqual([]);
  expect(manifest.permissions).toEqual(['webRequest', 'declarativeNetRequestWithHostAccess']);
});

describe.each(browsers)('in $name', ({ name, open }) => {
  let server: RawServer;
  let opened: Opened;

  beforeAll(async () => {
    server = await startRawServer(answer);
    opened = await open();
  });
  afterAll(async () => {
    await opened?.close();
    await server?.close();
  });

  async function seenIn(tab: Tab): Promise<Seen> {
    await waitFor('the page to look', async () => await tab.read<boolean>('"seen" in globalThis') || undefined);
    return JSON.parse(await tab.read<string>('seen')) as Seen;
  }

  const differing = (one: Seen, other: Seen): readonly string[] => Object.keys(one).filter((check) => JSON.stringify(one[check]) !== JSON.stringify(other[check]));
  const urlOf = (path: string): string => `http://localhost:${server.port}${path}`;

  it.each(policies.map(({ policy }, index) => ({ policy, path: `/page/${index}` })))('a page $policy sees no difference when it is asked', async ({ path }) => {
    const tab = await opened.newTab();
    const { panel } = await tab.openPanel();
    await tab.goto(urlOf(path));
    const without = await seenIn(tab);
    await switchAskingOn(panel);
    const asked = await seenIn(tab);

    expect(Object.keys(without).length).toBeGreaterThan(100);
    expect(Object.entries(without).filter(([, value]) => value === 'never ended')).toEqual([]);
    const differences = differing(without, asked);
    const told = differences.filter((check) => visible[name][check] === undefined).map((check) => ({ check, without: without[check], asked: asked[check] }));
    expect(told, 'hide each of these in extension/observer/observe.ts, or add it to `visible` with the reason why it cannot be hidden').toEqual([]);
    expect(Object.keys(visible[name]).filter((check) => !differences.includes(check)), 'take these out of `visible`: they are hidden').toEqual([]);
  });

  it('nothing is put into a page whose DevTools have the switch off, while another tab is asked', async () => {
    const [tab, other] = [await opened.newTab(), await opened.newTab()];
    await tab.goto(urlOf('/page/0'));
    const without = await seenIn(tab);
    const { panel } = await tab.openPanel();
    await other.goto(urlOf('/page/0'));
    await switchAskingOn((await other.openPanel()).panel);
    const loads = () => server.requests.filter(({ target }) => target === '/page/0').length;
    const before = loads();

    expect(await panel.evaluate(askingState)).toBe('off');
    await tab.goto(urlOf('/page/0'));
    expect(differing(without, await seenIn(tab))).toEqual(ofDevTools[name]);
    // Opening the panel and leaving the page are no reason to load it again.
    expect(loads()).toBe(before + 1);
  });

  it('a page that was asked is as before once it is left, and once DevTools are closed', async () => {
    const tab = await opened.newTab();
    await tab.goto(urlOf('/page/0'));
    const without = await seenIn(tab);
    const { panel, closeDevTools } = await tab.openPanel();
    await switchAskingOn(panel);

    await tab.goto(urlOf('/page/0?left'));
    expect(differing(without, await seenIn(tab))).toEqual(ofDevTools[name]);
    await waitFor('the panel to say so', async () => await panel.evaluate(askingState) === 'lapsed' || undefined);

    await switchAskingOn(panel, 'again');
    expect(differing(without, await seenIn(tab))).toEqual(expect.arrayContaining(Object.keys(visible[name])));
    await closeDevTools();
    await tab.goto(urlOf('/page/0'));
    expect(differing(without, await seenIn(tab))).toEqual([]);
  });
});
