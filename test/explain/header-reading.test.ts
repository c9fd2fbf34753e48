import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { browserProfiles } from '../../src/fetch/browser-profile.ts';
import { readHeader } from '../../src/explain/header-reading.ts';

const { chromium, firefox } = browserProfiles;

describe('what a browser makes of a header', () => {
  const rows: readonly (readonly [name: string, header: string, value: string, items: readonly string[], says: string])[] = [
    ['any origin', 'Access-Control-Allow-Origin', '*', [], 'Any origin, but only without credentials.'],
    ['pages without an origin', 'access-control-allow-origin', 'null', [], 'Pages without an origin, such as sandboxed frames. Any site can make one.'],
    ['a list of origins', 'Access-Control-Allow-Origin', 'https://a.example, https://b.example', [], 'Browsers take one origin, never a list.'],
    ['credentials in another case', 'Access-Control-Allow-Credentials', 'True', [], 'Only true, in lower case, allows credentials.'],
    ['a list', 'Access-Control-Allow-Headers', 'content-type,  x-a,', ['content-type', 'x-a'], ''],
    ['a list in which one item is no name', 'Access-Control-Allow-Methods', 'GET, PUT;DELETE', ['GET', 'PUT;DELETE'], '“PUT;DELETE” is no name, so browsers take none of the list.'],
    ['one item that is no name', 'Access-Control-Allow-Headers', 'x a', [], '“x a” is no name, so browsers take none of the list.'],
    ['a list without items', 'Access-Control-Allow-Headers', ' , ', [], 'It grants nothing.'],
    ['any header', 'Access-Control-Allow-Headers', '*', [], '* stands for any, but only without credentials.'],
    ['any exposed header', 'Access-Control-Expose-Headers', 'etag, *', ['etag', '*'], '* stands for any, but only without credentials.'],
    ['a max age', 'Access-Control-Max-Age', '600', [], 'This browser keeps the answer for 600 seconds.'],
    ['a max age of one second', 'Access-Control-Max-Age', '1', [], 'This browser keeps the answer for 1 second.'],
    ['a max age beyond the limit', 'Access-Control-Max-Age', '86400', [], 'This browser keeps the answer for 7,200 seconds, whatever else it says.'],
    ['a max age of nothing', 'Access-Control-Max-Age', '0', [], 'This browser does not keep the answer.'],
    ['what the response depends on', 'Vary', 'Origin, Accept', ['Origin', 'Accept'], ''],
  ];
  test.each(rows)('%s', (_, header, value, items, says) => expect(readHeader([header, value], chromium)).toEqual({ items, says }));

  const plain: readonly (readonly [name: string, header: string, value: string])[] = [
    ['one origin', 'Access-Control-Allow-Origin', 'https://a.example'],
    ['true', 'Access-Control-Allow-Credentials', 'true'],
    ['one method', 'Access-Control-Allow-Methods', 'PUT'],
    ['what CORS does not read', 'Content-Type', 'a, b'],
    ['a name that every object has', 'constructor', 'a, b'],
  ];
  test.each(plain)('has nothing to add to %s', (_, header, value) => expect(readHeader([header, value], chromium)).toBeNull());

  it('is the limit of the browser at hand', () => {
    expect(readHeader(['Access-Control-Max-Age', '86400'], firefox)?.says).toBe('This browser keeps the answer for 86,400 seconds.');
  });

  it('is something for every value', () => {
    fc.assert(fc.property(fc.constantFrom('Access-Control-Allow-Origin', 'Access-Control-Allow-Headers', 'Access-Control-Max-Age', 'Vary'), fc.string(), (name, value) => {
      const reading = readHeader([name, value], chromium);
      expect(reading === null || reading.items.length !== 1).toBe(true);
    }));
  });
});
