import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { type MessageName, type Messages, parseMessage } from '../extension/messages.ts';

const details: Messages['beforeRequest'] = {
  requestId: '1', timeStamp: 1.5, url: 'https://api.example/', method: 'GET', type: 'xmlhttprequest', tabId: 1, frameId: 0,
  originUrl: 'https://app.example/', documentUrl: null, hasDocument: true,
};

/** One good payload of every message. */
const good: { readonly [Name in MessageName]: Messages[Name] } = {
  watch: { tabId: 1, trial: null },
  setTrial: { trial: { server: 'https://api.example', set: [['Access-Control-Allow-Origin', '*']], remove: ['Access-Control-Allow-Credentials'] } },
  trialSet: { isSet: true },
  stillHere: {},
  askForAccess: {},
  watching: { isTrialSet: true },
  access: { isWithheld: true },
  beforeRequest: details,
  sendHeaders: { ...details, requestHeaders: [{ name: 'Origin', value: 'https://app.example' }] },
  headersReceived: { ...details, statusCode: 200, responseHeaders: [{ name: 'X', value: '' }, { name: 'Y', binaryValue: [0, 255] }] },
  beforeRedirect: { ...details, statusCode: 302, redirectUrl: '/next' },
  completed: { ...details, statusCode: 200, fromCache: false },
  errorOccurred: { ...details, error: 'NS_ERROR_DOM_BAD_URI' },
};
const names = Object.keys(good) as readonly MessageName[];

test.each(names)('%s is what it is, and survives the port', (name) => {
  const message = { name, payload: good[name] };
  expect(parseMessage(message)).toEqual(message);
  expect(parseMessage(JSON.parse(JSON.stringify(message)))).toEqual(message);
});

const parts = names.flatMap((name) => Object.keys(good[name]).map((key) => [name, key] as const));

test.each(parts)('%s is none without its %s, or with something else in its place', (name, key) => {
  const { [key]: value, ...rest } = good[name] as unknown as Readonly<Record<string, unknown>>;
  const others = [undefined, {}, [null], [{}], typeof value === 'number' ? '1' : 1, typeof value === 'boolean' ? 'true' : false];
  expect(parseMessage({ name, payload: rest })).toBeNull();
  for (const other of others) expect(parseMessage({ name, payload: { ...rest, [key]: other } }), JSON.stringify(other)).toBeNull();
});

describe('no message', () => {
  const headers = (...requestHeaders: readonly unknown[]) => ({ name: 'sendHeaders', payload: { ...details, requestHeaders } });
  const bad: Readonly<Record<string, unknown>> = {
    'nothing': undefined,
    'null': null,
    'text': 'watch',
    'a list': ['watch', { tabId: 1 }],
    'a name alone': { name: 'watching' },
    'a payload alone': { payload: {} },
    'a payload that is null': { name: 'watching', payload: null },
    'an unknown name': { name: 'unwatch', payload: { tabId: 1 } },
    'the name of what every object has': { name: 'toString', payload: {} },
    'the name of the prototype': { name: '__proto__', payload: {} },
    'a name that only turns into one': { name: ['watching'], payload: {} },
    'a header without a name': headers({ value: 'v' }),
    'a header that is null': headers(null),
    'a header whose value is a number': headers({ name: 'X', value: 1 }),
    'a header whose bytes are text': headers({ name: 'X', binaryValue: 'bytes' }),
    'a header with a byte that is none': headers({ name: 'X', binaryValue: [1, '2'] }),
    'one bad header among good ones': headers({ name: 'X', value: '' }, { name: 'Y', value: {} }),
  };

  it.each(Object.entries(bad))('is %s', (_what, received) => {
    expect(parseMessage(received)).toBeNull();
  });

  it('makes the parser throw, or give another message than it got', () => {
    const payload = fc.oneof(fc.jsonValue(), fc.record(Object.fromEntries(parts.map(([, key]) => [key, fc.jsonValue()])), { requiredKeys: [] }));
    const received = fc.oneof(fc.jsonValue(), fc.record({ name: fc.oneof(fc.constantFrom(...names), fc.string()), payload }, { requiredKeys: [] }));
    fc.assert(fc.property(received, (value) => {
      const message = parseMessage(value);
      expect(message === null || message === value).toBe(true);
    }), { numRuns: 5000 });
  });
});
