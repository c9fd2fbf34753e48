import { describe, expect, it } from 'vitest';
import { hostOf, isLoopback, parseUrl } from '../../src/fetch/url.ts';

describe('parsing', () => {
  const source = 'https://url.spec.whatwg.org/#concept-url-parser';
  const rows: readonly { readonly name: string; readonly url: string; readonly base?: string; readonly href: string | null }[] = [
    { name: 'a URL', url: 'HTTPS://API.example/a b', href: 'https://api.example/a%20b' },
    { name: 'a path and a base', url: '/b', base: 'https://api.example/a', href: 'https://api.example/b' },
    { name: 'nothing and a base', url: '', base: 'https://api.example/a', href: 'https://api.example/a' },
    { name: 'a host and a base', url: '//other.example', base: 'https://api.example/a', href: 'https://other.example/' },
    { name: 'a path without a base', url: '/b', href: null },
    { name: 'a base that is none', url: '/b', base: 'api.example', href: null },
    { name: 'a host that is none', url: 'https://a b/', href: null },
    { name: 'nothing', url: '', href: null },
  ];
  it.each(rows)(`$name (${source})`, ({ url, base, href }) => {
    expect(parseUrl(url, base)?.href ?? null).toBe(href);
  });
});

describe('the host', () => {
  const rows = [
    { name: 'with its port', url: 'https://me:pw@api.example:8443/a', host: 'api.example:8443' },
    { name: 'without the default port', url: 'https://api.example:443/a', host: 'api.example' },
    { name: 'of a data: URL, which has none', url: 'data:,x', host: '' },
    { name: 'of what is no URL', url: 'api.example', host: 'api.example' },
  ];
  it.each(rows)('$name', ({ url, host }) => {
    expect(hostOf(url)).toBe(host);
  });
});

describe('loopback (https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy)', () => {
  it.each(['localhost', 'app.localhost', 'a.b.localhost', '127.0.0.1', '127.255.255.254', '[::1]'])('is %s', (hostname) => {
    expect(isLoopback(hostname)).toBe(true);
  });

  it.each(['', '.localhost', 'localhost.example', 'notlocalhost', '127.0.0.1.example', '128.0.0.1', '10.0.0.1', '[::2]', '::1'])('is not %j', (hostname) => {
    expect(isLoopback(hostname)).toBe(false);
  });
});
