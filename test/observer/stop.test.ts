import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { observerLimits as limits } from '../../extension/observer/limits.ts';
import { observe } from '../../extension/observer/observe.ts';
import { switchAskingOnAndOff } from '../oracle/asking.ts';
import { type RawServer, startRawServer } from '../playground/raw-server.ts';
import { type Opened, type Tab, browsers } from './browsers.ts';

const script = `(${observe})(${JSON.stringify({ secret: 'secret', withStack: false, limits })})`;

describe.each(browsers)('an observer in $name', ({ open }) => {
  let server: RawServer;
  let opened: Opened;

  beforeAll(async () => {
    server = await startRawServer(({ target }) => ({
      status: 200, headers: [['Content-Type', 'text/html']],
      body: `<!doctype html><title>Page</title><link rel="icon" href="data:,">${target === '/page' ? '<iframe src="/early"></iframe>' : ''}`,
    }));
    opened = await open();
  });
  afterAll(async () => {
    await opened?.close();
    await server?.close();
  });

  /** Runs in the page's own realm, which Firefox's driver only looks into. */
  const run = <T>(tab: Tab, code: string): Promise<T> => tab.read(`window.eval(${JSON.stringify(code)})`);

  /** The paths that the observer in the page tells, of calls of the page's own and of its frames. */
  async function toldAfterCalls(tab: Tab): Promise<readonly string[]> {
    await run(tab, '[window, ...Array.from(frames)].forEach((realm) => void realm.fetch("/" + realm.name).catch(() => {}))');
    return (JSON.parse(await run<string>(tab, 'observer.drain()')) as readonly { readonly url: string }[]).map(({ url }) => new URL(url).pathname);
  }

  it('tells nothing more once it has stopped, neither of the frames that it has nor of those to come', async () => {
    const tab = await opened.newTab();
    await tab.goto(`http://localhost:${server.port}/page`);
    await run(tab, `void (name = 'main', frames[0].name = 'early', globalThis.observer = ${script}, frames[0].eval(${JSON.stringify(script)}))`);
    expect(await toldAfterCalls(tab)).toEqual(['/main', '/early']);

    await run(tab, 'observer.stop()');
    expect(await toldAfterCalls(tab)).toEqual([]);

    await run(tab, `void (document.body.append(document.createElement('iframe')), frames[1].name = 'late', frames[1].eval(${JSON.stringify(script)}))`);
    expect(await toldAfterCalls(tab)).toEqual([]);
    expect(await run(tab, 'frames[1].Function.prototype.toString.call(fetch) === String(fetch)'), 'it hides as before').toBe(true);
  });

  it('is found and stopped where it was switched off while it was on its way', async () => {
    const tab = await opened.newTab();
    const { panel } = await tab.openPanel();
    await tab.goto(`http://localhost:${server.port}/page`);
    const loads = (): number => server.requests.filter(({ target }) => target === '/page').length;
    const before = loads();
    // Off is said only once a page has answered that it had the observer.
    await switchAskingOnAndOff(panel);
    expect(loads()).toBe(before + 1);
  });
});
