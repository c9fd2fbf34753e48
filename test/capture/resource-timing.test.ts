import { createContext, runInContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createResourceTimingReader, mostLoads } from '../../extension/capture/resource-timing.ts';

/** A page's frame as far as its timings are read. */
interface Frame {
  readonly performance: { readonly timeOrigin: number; getEntriesByType(type: string): Iterable<unknown> };
  readonly length: number;
  readonly [index: number]: Frame;
}

const frame = (entries: () => Iterable<unknown>, ...frames: readonly Frame[]): Frame => ({
  performance: { timeOrigin: 1000, getEntriesByType: (type) => (type === 'resource' ? entries() : []) },
  length: frames.length,
  ...Object.fromEntries(frames.entries()),
});

const entry = (name: string, responseStatus = 200) => ({ name, startTime: 1.5, responseEnd: 2, responseStatus });

const load = (url: string, responseStatus = 200) => ({ kind: 'resource-timing', url, from: 1001.5, until: 1002, responseStatus });

/** A reader of the page, which sees a copy of what the expression gives there. */
const readerOf = (window: Frame) => createResourceTimingReader(async (expression) => structuredClone(runInContext(expression, createContext({ window }))));

const refuse = (): never => {
  throw new Error('no');
};

describe('the loads of a page', () => {
  it('are told in the clock of the events, with those of all its frames', async () => {
    const read = readerOf(frame(() => [entry('https://a/', 0)], frame(() => [entry('https://b/')], frame(() => [entry('https://c/')]))));
    expect(await read()).toEqual([load('https://a/', 0), load('https://b/'), load('https://c/')]);
  });

  it('are told once, and as often as there are alike ones', async () => {
    const entries = [entry('https://a/')];
    const read = readerOf(frame(() => entries));
    expect(await read()).toEqual([load('https://a/')]);
    expect(await read()).toEqual([]);
    entries.push(entry('https://a/'), entry('https://a/', 0));
    expect(await read()).toEqual([load('https://a/'), load('https://a/', 0)]);
    expect(await read()).toEqual([]);
  });

  it('are told again after the page has forgotten them and they came again', async () => {
    let entries = [entry('https://a/')];
    const read = readerOf(frame(() => entries));
    await read();
    entries = [];
    expect(await read()).toEqual([]);
    entries = [entry('https://a/')];
    expect(await read()).toEqual([load('https://a/')]);
  });

  it('go on in the next frame after one that may not be read', async () => {
    const foreign = { get performance() { return refuse(); }, get length() { return refuse(); } };
    expect(await readerOf(frame(() => [], foreign, frame(() => [entry('https://a/')])))()).toEqual([load('https://a/')]);
  });
});

describe('a page that lies', () => {
  const hostile: Readonly<Record<string, () => Iterable<unknown>>> = {
    'throws when it is asked': refuse,
    'has entries whose getters throw': () => [{ ...entry(''), get name() { return refuse(); } }],
    'has entries that are none': () => [null, undefined, 1, 'https://a/', []],
    'has names that are none': () => [1, null, ['https://a/'], { href: 'https://a/' }].map((name) => ({ ...entry(''), name })),
    'has times that are none': () => [NaN, Infinity, -Infinity, '1', {}].map((startTime) => ({ ...entry('https://a/'), startTime })),
    'has statuses that are none': () => [NaN, Infinity, '200', null, true, [200], undefined].map((responseStatus) => ({ ...entry('https://a/'), responseStatus })),
    'gives no list': () => 1 as unknown as Iterable<unknown>,
  };

  it.each(Object.entries(hostile))('and %s has no loads', async (_name, entries) => {
    expect(await readerOf(frame(entries))()).toEqual([]);
  });

  it('and has no timings at all has no loads', async () => {
    expect(await readerOf({} as Frame)()).toEqual([]);
  });

  it('is listened to no longer than is bearable', async () => {
    const read = createResourceTimingReader(async () => ({ loads: Array.from({ length: 1_000_000 }, (_, index) => [`https://a/${index}`, 1, 2, 200]) }));
    const loads = await read();
    expect(loads).toHaveLength(mostLoads);
    expect(loads.at(-1)?.url).toBe('https://a/999999');
    expect(await read()).toEqual([]);
  });

  it('cannot give anything but loads, whatever it gives', () => fc.assert(fc.asyncProperty(
    fc.oneof(fc.anything(), fc.record({
      loads: fc.oneof(fc.anything(), fc.array(fc.oneof(
        fc.anything(), fc.tuple(fc.anything(), fc.anything(), fc.anything(), fc.anything()), fc.tuple(fc.string(), fc.double(), fc.double(), fc.double()),
      ))),
    })),
    async (given) => {
      for (const { url, from, until, responseStatus } of await createResourceTimingReader(async () => given)()) {
        expect(typeof url).toBe('string');
        expect([from, until, responseStatus].every(Number.isFinite)).toBe(true);
      }
    },
  )));
});
