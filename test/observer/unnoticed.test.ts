import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium, openPanel } from '../browser/chromium.ts';
import { launchFirefox } from '../browser/firefox.ts';
import { ensureChromium, ensureFirefox } from '../browser/install.ts';
import { switchAskingOn } from '../oracle/asking.ts';
import { extensionFolder, firefoxExtensionFolder } from '../playground/extension.ts';
import { type HeaderLine, type RawAnswer, type RawRequest, type RawServer, startRawServer } from '../playground/raw-server.ts';

/** What each check of page/checks.js saw, by its name. */
type Seen = Readonly<Record<string, unknown>>;

interface Tab {
  goto(url: string): Promise<unknown>;
  /** Resolves to what an expression gives in the page: a text. */
  read(expression: string): Promise<string>;
  ask(): Promise<void>;
}

interface Opened {
  newTab(): Promise<Tab>;
  close(): Promise<void>;
}

/** What a page can see all the same, since no script can hide it. Each of these has to differ, or the row goes. */
const inEveryBrowser = { 'the whole stack of an error': 'The frames of the observer stand in it.' };

const visible: Readonly<Record<'chromium' | 'firefox', Readonly<Record<string, string>>>> = {
  chromium: {
    ...inEveryBrowser,
    'toString across the realms of two frames': 'DevTools put the script into no frame but the main one.',
    'toString across the realms of a frame without a document of its own': 'The same of a frame that has no script of its own.',
  },
  firefox: {
    ...inEveryBrowser,
    ...Object.fromEntries(['fetch', 'EventSource', 'XMLHttpRequest.open', 'XMLHttpRequest.setRequestHeader', 'XMLHttpRequest.send', 'Function.toString'].map((wrapped) => [
      `${wrapped}: how it is cloned`, 'A function cannot be cloned, nor can a Proxy, and the error names which.',
    ])),
    'the order of globals': 'Firefox lists those first that nobody has used yet.',
    'fetch: an object that gives no text': 'The error says what it was, and in the place of the object is a Proxy.',
  },
};

const browsers: readonly { readonly name: keyof typeof visible; open(): Promise<Opened> }[] = [
  {
    name: 'chromium',
    async open() {
      await ensureChromium();
      const browser = await launchChromium({ extension: extensionFolder });
      return {
        async newTab() {
          const page = await browser.newPage();
          return {
            goto: (url) => page.goto(url),
            read: (expression) => page.evaluate(expression) as Promise<string>,
            ask: async () => switchAskingOn((await openPanel(page)).panel),
          };
        },
        close: () => browser.close(),
      };
    },
  },
  {
    name: 'firefox',
    async open() {
      await ensureFirefox();
      const firefox = await launchFirefox({ extension: firefoxExtensionFolder });
      return {
        async newTab() {
          const page = await firefox.newPage();
          return {
            goto: (url) => page.goto(url),
            read: (expression) => page.evaluate(expression),
            ask: async () => switchAskingOn((await (await page.openDevTools())()).panel),
          };
        },
        close: () => firefox.close(),
      };
    },
  },
];

const policies: readonly { readonly policy: string; readonly headers: readonly HeaderLine[] }[] = [
  { policy: 'without a policy', headers: [] },
  { policy: 'with a strict policy', headers: [['Content-Security-Policy', 'default-src \'self\'; script-src \'self\' \'unsafe-eval\'']] },
  { policy: 'that no other may share a process with', headers: [['Cross-Origin-Opener-Policy', 'same-origin'], ['Cross-Origin-Embedder-Policy', 'require-corp']] },
];

const script = (name: string): Promise<string> => readFile(new URL(`page/${name}`, import.meta.url), 'utf8');

const early = `globalThis.violations = [];
addEventListener('securitypolicyviolation', ({ violatedDirective, sample }) => violations.push([violatedDirective, sample]));`;

const documentOf = (...scripts: readonly string[]): string => `<!doctype html><title>Page</title><link rel="icon" href="data:,"><body>${scripts.join('')}`;

async function answer({ method, target, headers, body }: RawRequest): Promise<RawAnswer> {
  const page = policies[Number(target.slice('/page/'.length))];
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
    headers: [['Content-Type', isScript ? 'text/javascript' : target === '/frame' ? 'text/html' : 'text/plain'], ['Cross-Origin-Embedder-Policy', 'require-corp'], ['Cache-Control', 'no-store']],
  };
}

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

  it.each(policies.map(({ policy }, index) => ({ policy, path: `/page/${index}` })))('a page $policy sees no difference when it is asked', async ({ path }) => {
    const tab = await opened.newTab();
    await tab.goto(`http://localhost:${server.port}${path}`);
    const without = JSON.parse(await tab.read('seen')) as Seen;
    await tab.ask();
    const asked = JSON.parse(await tab.read('seen')) as Seen;

    expect(Object.keys(without).length).toBeGreaterThan(100);
    expect(Object.entries(without).filter(([, value]) => value === 'never ended')).toEqual([]);
    const differences = Object.keys(without).filter((check) => JSON.stringify(asked[check]) !== JSON.stringify(without[check]));
    const told = differences.filter((check) => visible[name][check] === undefined).map((check) => ({ check, without: without[check], asked: asked[check] }));
    expect(told, 'hide each of these in extension/observer/observe.ts, or add it to `visible` with the reason why it cannot be hidden').toEqual([]);
    expect(Object.keys(visible[name]).filter((check) => !differences.includes(check)), 'take these out of `visible`: they are hidden').toEqual([]);
  });
});
