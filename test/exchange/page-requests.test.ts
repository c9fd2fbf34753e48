import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PageRequestEvent } from '../../src/exchange/network-event.ts';
import { askedOf, createPageCalls, createPageElements, pageRequestKey } from '../../src/exchange/page-requests.ts';

const url = 'https://api.example/a';
const origin = 'https://app.example';

type Step =
  /** The network began it. */
  | { readonly began: string; readonly at: number; readonly url?: string; readonly method?: string; readonly origin?: string }
  /** The page says that it asked for it, with these credentials. */
  | { readonly asked: 'include' | 'omit'; readonly at: number; readonly until?: number; readonly url?: string; readonly method?: string; readonly origin?: string; readonly caller?: string }
  | { readonly withdrawn: string; readonly at: number };

interface Row {
  readonly name: string;
  readonly steps: readonly Step[];
  /** By request: the credentials that it is told, and who called; absent: nothing is told. */
  readonly told: Readonly<Record<string, string>>;
}

const calls: readonly Row[] = [
  { name: 'one request, told by the network first', steps: [{ began: 'a', at: 10 }, { asked: 'include', at: 9 }], told: { a: 'include' } },
  { name: 'one request, told by the page first', steps: [{ asked: 'include', at: 9 }, { began: 'a', at: 10 }], told: { a: 'include' } },
  { name: 'a request that the page asked for by a clock that is a little late', steps: [{ began: 'a', at: 10 }, { asked: 'include', at: 12 }], told: { a: 'include' } },
  { name: 'a request that began before the page asked for one', steps: [{ began: 'a', at: 10 }, { asked: 'include', at: 13 }], told: {} },
  { name: 'a request that began long after the page asked for one', steps: [{ asked: 'include', at: 0 }, { began: 'a', at: 10_001 }], told: {} },
  { name: 'another URL', steps: [{ began: 'a', at: 10 }, { asked: 'include', at: 9, url: 'https://api.example/b' }], told: {} },
  { name: 'another method', steps: [{ began: 'a', at: 10 }, { asked: 'include', at: 9, method: 'PUT' }], told: {} },
  { name: 'another origin', steps: [{ began: 'a', at: 10 }, { asked: 'include', at: 9, origin: 'null' }], told: {} },
  { name: 'two that are alike, in order', steps: [{ asked: 'include', at: 9, caller: 'f' }, { asked: 'omit', at: 10, caller: 'g' }, { began: 'a', at: 11 }, { began: 'b', at: 12 }], told: { a: 'include f', b: 'omit g' } },
  { name: 'two that are alike, told in no order', steps: [{ began: 'b', at: 12 }, { asked: 'omit', at: 10 }, { began: 'a', at: 11 }, { asked: 'include', at: 9 }], told: { a: 'include', b: 'omit' } },
  { name: 'two that are alike, of which the page says one', steps: [{ began: 'a', at: 11 }, { began: 'b', at: 12 }, { asked: 'include', at: 9 }], told: {} },
  { name: 'one request, of which the page says two that differ', steps: [{ asked: 'include', at: 9 }, { asked: 'omit', at: 10 }, { began: 'a', at: 11 }], told: {} },
  { name: 'one request, of which the page says two that are the same but for who called', steps: [{ asked: 'omit', at: 9, caller: 'f' }, { asked: 'omit', at: 10, caller: 'g' }, { began: 'a', at: 11 }], told: { a: 'omit' } },
  { name: 'two that are alike, far from each other', steps: [{ asked: 'omit', at: 0 }, { began: 'a', at: 1 }, { began: 'b', at: 20_000 }], told: { a: 'omit' } },
  { name: 'a preflight that turned out to be one', steps: [{ began: 'p', at: 10 }, { began: 'a', at: 11 }, { asked: 'omit', at: 9 }, { withdrawn: 'p', at: 10 }], told: { a: 'omit' } },
];

const elements: readonly Row[] = [
  { name: 'a request while an element was there', steps: [{ began: 'a', at: 10 }, { asked: 'include', at: 0, until: 300 }], told: { a: 'include' } },
  { name: 'a request before an element was there', steps: [{ began: 'a', at: 10 }, { asked: 'include', at: 13, until: 300 }], told: {} },
  { name: 'a request after an element was done', steps: [{ asked: 'include', at: 0, until: 300 }, { began: 'a', at: 301 }], told: {} },
  { name: 'two requests of two elements that are alike', steps: [{ began: 'a', at: 10 }, { began: 'b', at: 20 }, { asked: 'include', at: 0, until: 300 }, { asked: 'include', at: 0, until: 300 }], told: { a: 'include', b: 'include' } },
  { name: 'two requests of two elements that differ, whose order nothing tells', steps: [{ began: 'a', at: 10 }, { began: 'b', at: 20 }, { asked: 'include', at: 0, until: 300 }, { asked: 'omit', at: 0, until: 300 }], told: {} },
  { name: 'one request of one of two elements that differ', steps: [{ began: 'a', at: 10 }, { asked: 'include', at: 0, until: 300 }, { asked: 'omit', at: 0, until: 300 }], told: {} },
  { name: 'two requests of one element', steps: [{ began: 'a', at: 10 }, { began: 'b', at: 20 }, { asked: 'include', at: 0, until: 300 }], told: { a: 'include', b: 'include' } },
  { name: 'one request of two elements that are alike', steps: [{ began: 'a', at: 10 }, { asked: 'omit', at: 0, until: 300 }, { asked: 'omit', at: 0, until: 500 }], told: { a: 'omit' } },
  { name: 'the same URL before and after the page was loaded again', steps: [{ began: 'a', at: 10 }, { asked: 'include', at: 0, until: 300 }, { asked: 'omit', at: 400, until: 700 }, { began: 'b', at: 410 }], told: { a: 'include', b: 'omit' } },
];

const event = (step: Extract<Step, { asked: string }>): PageRequestEvent => ({
  kind: 'page-request', api: 'fetch', origin: step.origin ?? origin, url: step.url ?? url, method: step.method ?? 'GET', time: step.at, until: step.until ?? step.at, mode: 'cors', credentials: step.asked, redirect: 'follow', headerNames: [],
  stack: step.caller === undefined ? [] : [{ functionName: step.caller, url: origin, line: 1, column: 1 }],
});

function play(steps: readonly Step[], create = createPageCalls<string>): { readonly told: Readonly<Record<string, string>>; readonly size: number } {
  const told: Record<string, string> = {};
  const requests = create((request, asked) => {
    if (asked) told[request] = [asked.credentials, ...asked.stack.map(({ functionName }) => functionName)].join(' ');
    else delete told[request];
  });
  for (const step of steps) {
    const key = pageRequestKey({ origin, url, method: 'GET', ...step });
    if ('began' in step) requests.began(key, step.began, step.at);
    else if ('asked' in step) requests.told(key, askedOf(event(step)), step.at, step.until);
    else requests.withdraw(key, step.withdrawn);
  }
  return { told, size: requests.size() };
}

describe('calls', () => {
  it.each(calls)('$name', ({ steps, told }) => {
    expect(play(steps).told).toEqual(told);
  });
});

describe('elements', () => {
  it.each(elements)('$name', ({ steps, told }) => {
    expect(play(steps, createPageElements<string>).told).toEqual(told);
  });
});

describe('whatever is told, and in whatever order,', () => {
  const at = fc.integer({ min: 0, max: 30_000 });
  const urls = fc.constantFrom('https://api.example/a', 'https://api.example/b');
  const said = fc.record({ asked: fc.constantFrom('include' as const, 'omit' as const), at, url: urls });
  const begun = fc.record({ began: fc.uuid(), at, url: urls });

  it('nothing is told of a request that no event can mean', () => {
    fc.assert(fc.property(fc.array(fc.oneof(said, begun), { maxLength: 40 }), (steps) => {
      const events = steps.filter((step) => 'asked' in step);
      for (const step of steps) {
        if (!('began' in step)) continue;
        const credentials = play(steps).told[step.began];
        if (credentials === undefined) continue;
        expect(events.some((one) => one.asked === credentials && one.url === step.url && one.at <= step.at + 2 && one.at >= step.at - 10_000)).toBe(true);
      }
    }));
  });

  it('it is told alike', () => {
    // At different times: what comes at the same time is in the order in which it is told.
    const steps = fc.uniqueArray(fc.oneof(said, begun), { selector: (step) => step.at, maxLength: 30 });
    fc.assert(fc.property(steps.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))), ([one, other]) => {
      expect(play(other).told).toEqual(play(one).told);
    }));
  });

  it('each request that the page tells of is known, where all are told', () => {
    const list = fc.array(fc.tuple(fc.constantFrom('include' as const, 'omit' as const), fc.integer({ min: 1, max: 100 })), { minLength: 1, maxLength: 20 });
    fc.assert(fc.property(list, (asked) => {
      let time = 0;
      const steps = asked.flatMap(([credentials, gap], index): readonly Step[] => {
        time += gap;
        return [{ asked: credentials, at: time }, { began: String(index), at: time }];
      });
      expect(play(steps).told).toEqual(Object.fromEntries(asked.map(([credentials], index) => [index, credentials])));
    }));
  });
});

it('keeps a bounded number of what a page tells without end', () => {
  const sizes = [1, 2].map((times) => play(Array.from({ length: 50_000 * times }, (_, index) => ({ asked: 'omit', at: index, url: `https://api.example/${index % 5000}` } as const))).size);
  expect(sizes[1]).toBeLessThanOrEqual((sizes[0] ?? 0) * 1.1);
});
