import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type PageObserver, createPageObserver } from '../../extension/capture/page-observer.ts';
import type { NetworkEvent } from '../../src/index.ts';

/** A page that answers as it is told to, and what was done to it. */
interface FakePage {
  readonly observer: PageObserver;
  readonly done: string[];
  readonly told: NetworkEvent[];
  readonly states: string[];
  /** Whether the page says that it has the observer; undefined: it does not answer. */
  has: boolean | undefined;
  /** Its answers wait for this. */
  held: Promise<void> | undefined;
  drained: unknown;
}

function fakePage(): FakePage {
  const [done, told, states]: [string[], NetworkEvent[], string[]] = [[], [], []];
  /** Names are random, and no two are alike: here they are counted. */
  const names: string[] = [];
  const named = (text: string): string => text.replace(/_[0-9a-f]{32}/g, (name) => {
    if (!names.includes(name)) names.push(name);
    return `observer${names.indexOf(name) + 1}`;
  });
  const observer = createPageObserver({
    async evaluate(expression) {
      done.push(named(expression));
      const answer = expression.startsWith('typeof') ? page.has : expression.endsWith('.drain()') ? page.drained : undefined;
      await page.held;
      return answer;
    },
    atTopLevel: (script) => `before ${script}`,
    withStack: false,
    frames: 'none',
  }, (script) => done.push(`reload ${named(script).slice(0, 'before const observer1'.length)}`), (event) => told.push(event));
  const page: FakePage = { observer, done, told, states, has: true, held: undefined, drained: '[]' };
  observer.subscribe(() => states.push(observer.state));
  return page;
}

const looking = (observer: string): string => `typeof ${observer} === 'object'`;
const stopping = (observer: string): string => `${looking(observer)} && !${observer}.stop()`;

const request = { api: 'fetch', origin: 'https://app.example', url: 'https://api.example/a', method: 'GET', time: 1, until: 1, mode: 'cors', credentials: 'omit', redirect: 'follow', headerNames: [], stack: '' };

/** Lets everything happen that is due by then. */
const pass = (milliseconds = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(milliseconds);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

async function switchedOn(): Promise<FakePage> {
  const page = fakePage();
  page.observer.set(true);
  page.observer.navigated();
  await pass();
  expect(page.observer.state).toBe('on');
  page.done.length = 0;
  page.states.length = 0;
  return page;
}

it('does nothing to the page while it is off', async () => {
  const { observer, done, states } = fakePage();
  observer.stirred();
  observer.navigated();
  observer.set(false);
  await pass(60_000);
  expect([done, observer.state]).toEqual([[], 'off']);
  expect(states.every((state) => state === 'off')).toBe(true);
});

it('reloads the page with the script, and reads what it told once the page is there', async () => {
  const page = fakePage();
  page.drained = JSON.stringify([request]);
  page.observer.set(true);
  expect(page.done).toEqual(['reload before const observer1']);
  page.observer.navigated();
  await pass();
  expect(page.done.slice(1)).toEqual([looking('observer1'), 'observer1.drain()']);
  expect(page.states).toEqual(['starting', 'on']);
  expect(page.told).toEqual([{ ...request, kind: 'page-request', stack: [] }]);
});

it('believes nothing that is no request', async () => {
  const page = fakePage();
  page.drained = { kind: 'completed' };
  page.observer.set(true);
  page.observer.navigated();
  await pass();
  expect([page.observer.state, page.told]).toEqual(['on', []]);
});

it('looks at a page until it answers, however late that is', async () => {
  const page = fakePage();
  page.has = undefined;
  page.observer.set(true);
  page.observer.navigated();
  await pass(60_000);
  expect(page.states, 'nothing is known of it').toEqual(['starting']);
  page.has = true;
  await pass(5000);
  expect(page.states).toEqual(['starting', 'on']);
});

it('looks ever less often at a page that never answers', async () => {
  const page = fakePage();
  page.has = undefined;
  page.observer.set(true);
  page.observer.navigated();
  await pass(600_000);
  expect(page.done.length).toBeLessThan(130);
});

it('does not say that it is on while the page that is there now does not answer', async () => {
  const page = await switchedOn();
  page.has = undefined;
  page.observer.navigated();
  await pass(1000);
  page.has = false;
  await pass(5000);
  expect(page.states).toEqual(['starting', 'lapsed']);
});

it('looks at the document that is there now, and believes no answer of an earlier one', async () => {
  const page = fakePage();
  page.has = false;
  let answer = (): void => {};
  page.held = new Promise((resolve) => {
    answer = resolve;
  });
  page.observer.set(true);
  page.observer.navigated();
  await pass();
  page.held = undefined;
  page.has = true;
  page.observer.navigated();
  await pass();
  answer();
  await pass(60_000);
  expect(page.states).toEqual(['starting', 'on']);
  expect(page.done.slice(1)).toEqual([looking('observer1'), looking('observer1'), 'observer1.drain()']);
});

it('lapses once the page is left, and does nothing more to the next one', async () => {
  const page = await switchedOn();
  page.has = false;
  page.observer.navigated();
  page.observer.stirred();
  await pass(60_000);
  expect([page.states, page.done]).toEqual([['lapsed'], [looking('observer1')]]);
});

it('never uses a name twice', async () => {
  const page = await switchedOn();
  page.observer.set(true);
  page.observer.navigated();
  await pass();
  expect(page.done).toEqual(['reload before const observer2', looking('observer2'), 'observer2.drain()']);
});

it('reads once for one event, and later once more for all that come meanwhile', async () => {
  const page = await switchedOn();
  page.observer.stirred();
  await pass(1000);
  expect(page.done).toEqual(['observer1.drain()']);
  for (let index = 0; index < 100; index += 1) page.observer.stirred();
  await pass(1000);
  expect(page.done.length).toBe(3);
});

it('stops, and reads no more, once it is switched off', async () => {
  const page = await switchedOn();
  page.observer.stirred();
  page.observer.set(false);
  page.observer.navigated();
  page.observer.stirred();
  await pass(60_000);
  expect([page.done, page.states]).toEqual([[stopping('observer1'), stopping('observer1')], ['stopping', 'off']]);
});

it('says that it is off once the page says so, and not before', async () => {
  const page = await switchedOn();
  page.has = undefined;
  page.observer.set(false);
  await pass(60_000);
  expect(page.states).toEqual(['stopping']);
  page.has = true;
  await pass(5000);
  expect(page.states).toEqual(['stopping', 'off']);
  page.done.length = 0;
  page.observer.navigated();
  await pass(60_000);
  expect(page.done, 'nothing is left to be done').toEqual([]);
});

it('stops the observer in a page that was switched off while it was looked at', async () => {
  const page = fakePage();
  page.has = undefined;
  page.observer.set(true);
  page.observer.navigated();
  await pass();
  page.observer.set(false);
  page.has = true;
  await pass(60_000);
  expect([page.states, page.done.at(-1), page.done.filter((what) => what.includes('drain'))]).toEqual([['starting', 'stopping', 'off'], stopping('observer1'), []]);
});

it('stops an observer that was on its way when it was switched off, in whichever document that arrives', async () => {
  const page = fakePage();
  page.has = false;
  page.observer.set(true);
  page.observer.set(false);
  await pass();
  // Of a new URL that the old document gives itself Chrome tells, too.
  page.observer.navigated();
  await pass(60_000);
  expect(page.states).toEqual(['starting', 'stopping']);
  page.has = true;
  page.observer.navigated();
  await pass();
  expect(page.states).toEqual(['starting', 'stopping', 'off']);
  expect(page.done.slice(1)).toEqual(Array.from({ length: 3 }, () => stopping('observer1')));
});

it('believes no answer that was for another question', async () => {
  const page = fakePage();
  let answer = (): void => {};
  page.held = new Promise((resolve) => {
    answer = resolve;
  });
  page.observer.set(true);
  page.observer.navigated();
  page.held = undefined;
  page.has = undefined;
  page.observer.set(false);
  answer();
  await pass(60_000);
  expect(page.states).toEqual(['starting', 'stopping']);
});

it('finds the same observer again where it is switched on while that is on its way', async () => {
  const page = fakePage();
  page.has = false;
  page.observer.set(true);
  page.observer.set(false);
  page.observer.set(true);
  await pass();
  page.has = true;
  page.observer.navigated();
  await pass();
  expect(page.states).toEqual(['starting', 'stopping', 'starting', 'on']);
  expect(page.done).toEqual(['reload before const observer1', stopping('observer1'), 'reload before const observer1', looking('observer1'), 'observer1.drain()']);
});

it('has nothing to stop in a page that was left', async () => {
  const page = await switchedOn();
  page.has = false;
  page.observer.navigated();
  await pass();
  page.done.length = 0;
  page.observer.set(false);
  page.observer.navigated();
  await pass(60_000);
  expect([page.states, page.done]).toEqual([['lapsed', 'off'], []]);
});

it('tells nobody who has ended listening', async () => {
  const page = fakePage();
  const heard: string[] = [];
  page.observer.subscribe(() => heard.push(page.observer.state))();
  page.observer.set(true);
  expect([heard, page.states]).toEqual([[], ['starting']]);
});
