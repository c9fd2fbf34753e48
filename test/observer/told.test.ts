import { describe, expect, it } from 'vitest';
import { parsePageRequests } from '../../extension/capture/page-requests.ts';
import { observerLimits as limits } from '../../extension/observer/limits.ts';

const request = { api: 'fetch', origin: 'https://app.example', url: 'https://api.example/a', method: 'GET', time: 1, until: 1, mode: 'cors', credentials: 'omit', redirect: 'follow', headerNames: ['x-a'], stack: '' };
const parse = (...told: readonly unknown[]) => parsePageRequests(JSON.stringify(told));

describe('what a page tells', () => {
  it('is believed as far as it is a request', () => {
    expect(parse(request)).toEqual([{ ...request, kind: 'page-request', stack: [] }]);
  });

  it.each([
    undefined, null, 5, {}, [], '', '{', '"text"', '5', 'null', '{"length":1}', '[null,1,"a",[],{}]',
  ])('is nothing: %j', (told) => {
    expect(parsePageRequests(told)).toEqual([]);
  });

  it.each([
    { api: 'beacon' }, { url: 5 }, { url: 'x'.repeat(limits.url + 1) }, { method: null }, { method: 'x'.repeat(limits.method + 1) }, { time: '1' }, { time: null }, { until: '1' }, { until: null }, { origin: null },
  ])('is left out with $api$url$method$time$until$origin', (change) => {
    expect(parse({ ...request, ...change })).toEqual([]);
  });

  it.each([
    { mode: 'navigate' }, { mode: ['cors'] }, { credentials: 'all' }, { redirect: 1 }, { headerNames: 'x-a' }, { headerNames: [1] },
    { headerNames: Array.from({ length: limits.headers + 1 }, () => 'x') }, { headerNames: ['x'.repeat(limits.headerName + 1)] },
  ])('is not known with %j', (change) => {
    expect(parse({ ...request, ...change })).toEqual([{ ...request, kind: 'page-request', stack: [], ...Object.fromEntries(Object.keys(change).map((key) => [key, null])) }]);
  });

  it('has no more members than a request', () => {
    expect(parse({ ...request, kind: 'completed', requestId: '1', outcome: 'allowed' })).toEqual(parse(request));
    expect(parsePageRequests(`[${JSON.stringify(request).replace('{', '{"__proto__":{"kind":"completed"},')}]`)).toEqual(parse(request));
  });

  it('is bounded in number and in length', () => {
    expect(parse(...Array.from({ length: 20_000 }, () => request)).length).toBeLessThanOrEqual(5 * limits.requests);
    expect(parsePageRequests(`[${JSON.stringify(request)},"${'x'.repeat(30 * limits.characters)}"]`)).toEqual([]);
  });
});

describe('a stack', () => {
  const stackOf = (...lines: readonly string[]) => parse({ ...request, stack: lines.join('\n') })[0]?.stack;

  it('begins with who called the observer', () => {
    expect(stackOf('draft@debugger eval code:1:10', 'apply@debugger eval code:2:5', 'load@https://app.example/a.js:10:7', '@https://app.example/a.js:20:1', '')).toEqual([
      { functionName: 'load', url: 'https://app.example/a.js', line: 10, column: 7 },
      { functionName: '', url: 'https://app.example/a.js', line: 20, column: 1 },
    ]);
  });

  it('names a URL with a colon and an at sign', () => {
    expect(stackOf('draft@x:1:1', 'f@http://localhost:8080/@a/b.js:3:4')).toEqual([{ functionName: 'f', url: 'http://localhost:8080/@a/b.js', line: 3, column: 4 }]);
  });

  it.each(['', 'nothing', 'f@x', 'f@x:1', 'f@x:a:b', `f@x:${'1'.repeat(20)}:1`])('is nothing: %j', (line) => {
    expect(stackOf('draft@x:1:1', line)).toEqual([]);
  });

  it('is bounded', () => {
    expect(stackOf('draft@x:1:1', ...Array.from({ length: 100 }, () => 'f@https://a.example/:1:1'))?.length).toBe(20);
    expect(parse({ ...request, stack: 'f@y:1:1\n'.repeat(10_000) })[0]?.stack).toEqual([]);
  });
});
