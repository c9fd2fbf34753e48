import { describe, expect, it } from 'vitest';
import { differingParts, isSameOrigin, serializeOrigin } from '../../src/fetch/origin.ts';

describe('serialising', () => {
  const source = 'https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin';
  const rows = [
    { name: 'path, query, fragment and user name are no part of it', url: 'https://me:pw@app.example/a?b#c', origin: 'https://app.example', source },
    { name: 'a port', url: 'http://app.example:8080/', origin: 'http://app.example:8080', source },
    { name: 'the default port of https', url: 'https://app.example:443/', origin: 'https://app.example', source },
    { name: 'the default port of http', url: 'http://app.example:80/', origin: 'http://app.example', source },
    { name: 'the default port of the other scheme', url: 'https://app.example:80/', origin: 'https://app.example:80', source },
    { name: 'upper case', url: 'HTTPS://App.EXAMPLE/', origin: 'https://app.example', source },
    { name: 'an international domain', url: 'https://b\u00fccher.example/', origin: 'https://xn--bcher-kva.example', source },
    { name: 'an IPv6 address', url: 'http://[0:0:0:0:0:0:0:1]:3000/', origin: 'http://[::1]:3000', source },
    { name: 'a dot at the end of the host', url: 'https://app.example./', origin: 'https://app.example.', source },
    { name: 'a blob, which has the origin that made it', url: 'blob:https://app.example/0f', origin: 'https://app.example', source },
    { name: 'a file', url: 'file:///home/me/index.html', origin: 'null', source },
    { name: 'a data: URL', url: 'data:text/html,x', origin: 'null', source },
    { name: 'about:blank', url: 'about:blank', origin: 'null', source },
    { name: 'a scheme without origins', url: 'foo://app.example', origin: 'null', source },
    { name: 'a page of an extension', url: 'chrome-extension://abcdef/panel.html', origin: 'chrome-extension://abcdef', source: 'url::Origin of Chromium' },
    { name: 'a page of a Firefox extension', url: 'moz-extension://0f1e/panel.html', origin: 'moz-extension://0f1e', source: 'ContentPrincipal of Firefox' },
    { name: 'an extension without a name', url: 'chrome-extension:panel', origin: 'null', source },
    { name: 'no URL', url: 'app.example', origin: 'null', source },
    { name: 'nothing', url: '', origin: 'null', source },
  ] as const;
  it.each(rows)('$name ($source)', ({ url, origin }) => {
    expect(serializeOrigin(url)).toBe(origin);
  });
});

describe('the same origin', () => {
  const source = 'https://html.spec.whatwg.org/multipage/browsers.html#same-origin';
  const rows = [
    { name: 'equal', a: 'https://app.example', b: 'https://app.example', same: true, source },
    { name: 'another scheme', a: 'https://app.example', b: 'http://app.example', same: false, source },
    { name: 'another port', a: 'https://app.example', b: 'https://app.example:8443', same: false, source },
    { name: 'a subdomain', a: 'https://app.example', b: 'https://api.app.example', same: false, source },
    { name: 'two opaque origins', a: 'null', b: 'null', same: false, source },
    { name: 'an opaque origin and a tuple', a: 'null', b: 'https://app.example', same: false, source },
  ] as const;
  it.each(rows)('$name: $same ($source)', ({ a, b, same }) => {
    expect(isSameOrigin(a, b)).toBe(same);
    expect(isSameOrigin(b, a)).toBe(same);
  });
});

describe('the parts that differ', () => {
  const source = 'https://html.spec.whatwg.org/multipage/browsers.html#concept-origin-tuple';
  const rows = [
    { name: 'none', a: 'https://app.example', b: 'https://app.example', parts: [], source },
    { name: 'the scheme', a: 'https://app.example', b: 'http://app.example', parts: ['scheme'], source },
    { name: 'the host', a: 'https://app.example', b: 'https://www.app.example', parts: ['host'], source },
    { name: 'the port', a: 'http://localhost:3000', b: 'http://localhost:8080', parts: ['port'], source },
    { name: 'a port that is stated on one side only', a: 'http://localhost', b: 'http://localhost:8080', parts: ['port'], source },
    { name: 'all three', a: 'https://app.example', b: 'http://api.example:81', parts: ['scheme', 'host', 'port'], source },
    { name: 'a name and its address', a: 'http://localhost', b: 'http://127.0.0.1', parts: ['host'], source },
    { name: 'an opaque origin', a: 'https://app.example', b: 'null', parts: null, source },
    { name: 'no origin', a: 'https://app.example', b: '*', parts: null, source },
    { name: 'a URL without host', a: 'https://app.example', b: 'localhost:3000', parts: null, source },
    { name: 'nothing', a: '', b: 'https://app.example', parts: null, source },
  ] as const;
  it.each(rows)('$name ($source)', ({ a, b, parts }) => {
    expect(differingParts(a, b)).toEqual(parts);
  });
});
