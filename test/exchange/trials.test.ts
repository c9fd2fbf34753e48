import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { type HeaderChanges, changedHeaders, createTrials } from '../../src/exchange/trials.ts';
import { headers } from '../header-text.ts';

const changes = (server = 'https://api.example'): HeaderChanges =>
  ({ server, set: headers('Access-Control-Allow-Origin: https://app.example'), remove: ['Access-Control-Allow-Credentials'] });

describe('the headers that the browser judges', () => {
  it('have every header of the name replaced, whatever its case', () => {
    const received = headers('access-control-allow-origin: *', 'Vary: Origin', 'ACCESS-CONTROL-ALLOW-ORIGIN: null', 'access-control-allow-credentials: true');
    expect(changedHeaders(received, changes())).toEqual(headers('Vary: Origin', 'Access-Control-Allow-Origin: https://app.example'));
  });

  test('are the same when they are changed once more', () => {
    const lists = fc.array(fc.tuple(fc.constantFrom('Access-Control-Allow-Origin', 'access-control-allow-credentials', 'Vary'), fc.string()));
    fc.assert(fc.property(lists, (list) => {
      const once = changedHeaders(list, changes());
      expect(changedHeaders(once, changes())).toEqual(once);
    }));
  });
});

/** Told at 10, in force from 20 on; told to end at 30, over at 40. */
function played() {
  const tried = changes();
  const trials = createTrials();
  trials.told(10, tried);
  trials.inForce(20, tried);
  trials.told(30, null);
  trials.inForce(40, null);
  return { tried, trials };
}

const rows = [
  { name: 'before it', from: 1, until: 9, expected: 'nothing' },
  { name: 'sent before it and answered while the browser is told', from: 1, until: 15, expected: 'unclear' },
  { name: 'sent before it and answered in it', from: 1, until: 25, expected: 'unclear' },
  { name: 'sent while the browser is told', from: 15, until: 25, expected: 'unclear' },
  { name: 'sent and answered in it', from: 20, until: 29, expected: 'tried' },
  { name: 'sent in it and answered while it ends', from: 25, until: 35, expected: 'unclear' },
  { name: 'sent in it and answered after it', from: 25, until: 45, expected: 'unclear' },
  { name: 'sent before it and answered after it', from: 1, until: 45, expected: 'unclear' },
  { name: 'sent after it', from: 40, until: 45, expected: 'nothing' },
] as const;

describe('a response', () => {
  it.each(rows)('to a request $name: $expected', ({ from, until, expected }) => {
    const { tried, trials } = played();
    const found = trials.changesOf({ url: 'https://api.example/a?b', from, until });
    expect(found).toBe(expected === 'tried' ? tried : expected === 'nothing' ? null : expected);
  });

  it.each(['http://api.example/', 'https://api.example:444/', 'https://sub.api.example/', 'https://api.example.evil.example/'])('of another server is never changed: %s', (url) => {
    const { trials } = played();
    for (const { from, until } of rows) expect(trials.changesOf({ url, from, until })).toBeNull();
  });

  it('is changed by the trial that took the place of another', () => {
    const [first, second] = [changes(), changes()];
    const trials = createTrials();
    for (const [time, tried] of [[10, first], [20, second]] as const) {
      trials.told(time, tried);
      trials.inForce(time + 5, tried);
    }
    const url = 'https://api.example/';
    expect(trials.changesOf({ url, from: 16, until: 19 })).toBe(first);
    expect(trials.changesOf({ url, from: 16, until: 22 })).toBe('unclear');
    expect(trials.changesOf({ url, from: 26, until: 29 })).toBe(second);
  });
});

test('are remembered within bounds', () => {
  const trials = createTrials();
  for (let time = 0; time < 10_000; time++) {
    trials.told(time, changes());
    trials.inForce(time, changes());
  }
  expect(trials.size()).toBeLessThan(1000);
});
