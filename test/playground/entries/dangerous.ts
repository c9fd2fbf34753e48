import { allowCredentials, allowOrigin, ok, varyOrigin, type Answer, type Theme } from '../entry.ts';
import { headerValue } from '../raw-server.ts';

/** Allows the origin that asks when its test says so: the test is what is wrong in these servers. */
const allowIf = (matches: (origin: string) => boolean): Answer => (request) => {
  const origin = headerValue(request, 'origin') ?? '';
  return matches(origin) ? ok(allowOrigin(origin), allowCredentials(), varyOrigin) : ok(varyOrigin);
};

export const dangerousTheme: Theme = {
  title: 'Servers that allow too much',
  entries: (at) => [
    {
      id: 'any-origin-reflected',
      title: 'Whoever asks is allowed, with credentials',
      explanation: 'The server repeats any Origin: every site on the web can read this with the user\'s cookies.',
      request: { kind: 'fetch', from: 'evil.localhost', credentials: 'include' },
      response: allowIf(() => true),
      expect: { outcome: 'allowed' },
    },
    {
      id: 'allow-list-by-prefix',
      title: 'An allow-list that compares the beginning',
      explanation: '`shop.localhost` is meant; `shop.localhost.evil.localhost` begins with the same letters and may read as well.',
      request: { kind: 'fetch', from: 'shop.localhost.evil.localhost', credentials: 'include' },
      response: allowIf((origin) => origin.startsWith('http://shop.localhost')),
      expect: { outcome: 'allowed' },
    },
    {
      id: 'allow-list-by-suffix',
      title: 'An allow-list that compares the end',
      explanation: '`shop.localhost` is meant; anybody can register `evilshop.localhost`, which ends in the same letters.',
      request: { kind: 'fetch', from: 'evilshop.localhost', credentials: 'include' },
      response: allowIf((origin) => new URL(origin).hostname.endsWith('shop.localhost')),
      expect: { outcome: 'allowed' },
    },
    {
      id: 'allow-list-by-substring',
      title: 'An allow-list that looks for a part',
      explanation: 'The name of the shop may stand anywhere in the origin, so the attacker puts it into a subdomain.',
      request: { kind: 'fetch', from: 'my-shop.localhost', credentials: 'include' },
      response: allowIf((origin) => origin.includes('shop')),
      expect: { outcome: 'allowed' },
    },
    {
      id: 'allow-list-by-unescaped-pattern',
      title: 'A pattern whose dot matches anything',
      explanation: 'In the pattern `www.shop` the dot stands for any character, so `wwwxshop` fits.',
      request: { kind: 'fetch', from: 'wwwxshop.localhost', credentials: 'include' },
      response: allowIf((origin) => /^http:\/\/www.shop.localhost/.test(origin)),
      expect: { outcome: 'allowed' },
    },
    {
      id: 'missing-vary-origin',
      title: 'The origin is named, but Vary: Origin is missing',
      explanation: 'A cache between here and the server may hand this response, with this origin in it, to another site.',
      request: { kind: 'fetch' },
      response: ok(allowOrigin(at.app), ['Cache-Control', 'public, max-age=600']),
      expect: { outcome: 'allowed', risks: ['no-vary-origin'] },
    },
  ],
};
