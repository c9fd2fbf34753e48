import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blinkHeaderOrder } from '../../src/exchange/blink-header-order.ts';

interface Row {
  readonly what: string;
  readonly initiator: 'fetch' | 'xhr';
  /** Names of the request as DevTools showed them. */
  readonly shown: string;
}

/** Recorded from Chromium 156: requests whose preflight allowed no header, and the one that it named. */
const refused: readonly (Row & { readonly requested: string; readonly named: string })[] = [
  { what: 'two headers, untrustworthy URL: Referer doubled the table', initiator: 'fetch',
    shown: 'Cache-Control Referer User-Agent Upload-Length', requested: 'cache-control,upload-length', named: 'upload-length' },
  { what: 'two headers, untrustworthy URL: the doubled table kept the order', initiator: 'fetch',
    shown: 'x-amz-content-sha256 X-XSRF-TOKEN Referer User-Agent', requested: 'x-amz-content-sha256,x-xsrf-token', named: 'x-amz-content-sha256' },
  { what: 'three headers, trustworthy URL: Referer doubled the table', initiator: 'fetch',
    shown: 'If-None-Match sec-ch-ua-platform Referer sec-ch-ua sec-ch-ua-mobile ngrok-skip-browser-warning User-Agent Upload-Length',
    requested: 'if-none-match,ngrok-skip-browser-warning,upload-length', named: 'ngrok-skip-browser-warning' },
  { what: 'Range is safelisted and takes part in the table', initiator: 'fetch',
    shown: 'sec-ch-ua-platform Cache-Control Referer sec-ch-ua sec-ch-ua-mobile traceparent User-Agent Range',
    requested: 'cache-control,traceparent', named: 'traceparent' },
  { what: 'the table kept its size', initiator: 'fetch',
    shown: 'sec-ch-ua-platform Referer Idempotency-Key Pragma sec-ch-ua If-Match sec-ch-ua-mobile traceparent User-Agent',
    requested: 'idempotency-key,if-match,pragma,traceparent', named: 'idempotency-key' },
  { what: 'a body with its own Content-Type', initiator: 'fetch',
    shown: 'X-Request-ID X-CSRF-Token sec-ch-ua-platform Referer sec-ch-ua sec-ch-ua-mobile User-Agent Content-Type',
    requested: 'content-type,x-csrf-token,x-request-id', named: 'x-request-id' },
  { what: 'a name that is a whole number, which DevTools shows first', initiator: 'fetch',
    shown: '17 q Referer xe7mesu X-STAINLESS-ARCH if-match baggage User-Agent',
    requested: '17,baggage,if-match,q,x-stainless-arch,xe7mesu', named: 'q' },
  { what: 'a page that delegates every client hint', initiator: 'fetch',
    shown: 'sec-ch-ua-full-version-list viewport-width sec-ch-ua sec-ch-ua-bitness sec-ch-ua-wow64 sec-ch-ua-mobile sec-ch-ua-form-factors '
      + 'sec-ch-prefers-reduced-transparency sec-ch-ua-full-version Content-Type downlink xkaseRPi~ ect Referer Accept-Language Upload-Metadata '
      + 'sec-ch-device-memory dpr sec-ch-prefers-color-scheme rtt sec-ch-ua-platform-version k2xji2NLpZg-q sec-ch-ua-platform device-memory '
      + 'sec-ch-dpr sec-ch-ua-model sec-ch-ua-arch sec-ch-viewport-width apikey sec-ch-viewport-height sec-ch-prefers-reduced-motion User-Agent',
    requested: 'apikey,content-type,k2xji2nlpzg-q,upload-metadata,xkaserpi~', named: 'k2xji2nlpzg-q' },
  { what: 'a client hint that the script set itself', initiator: 'fetch',
    shown: 'Viewport-Width X-Request-Id sec-ch-ua-platform Referer sec-ch-ua sec-ch-ua-mobile traceparent User-Agent',
    requested: 'traceparent,viewport-width,x-request-id', named: 'traceparent' },
  { what: 'XMLHttpRequest: Referer doubled the table', initiator: 'xhr',
    shown: 'Referer X-Requested-With User-Agent X-GitHub-Api-Version', requested: 'x-github-api-version,x-requested-with', named: 'x-github-api-version' },
  { what: 'XMLHttpRequest with a body', initiator: 'xhr',
    shown: 'Referer If-Match X-Api-Key x-goog-api-key X-Requested-With User-Agent Content-Type apikey',
    requested: 'apikey,content-type,if-match,x-api-key,x-goog-api-key,x-requested-with', named: 'x-goog-api-key' },
  { what: 'XMLHttpRequest: the table kept its size', initiator: 'xhr',
    shown: 'sec-ch-ua-platform Tus-Resumable Referer Pragma sec-ch-ua sec-ch-ua-mobile anthropic-version User-Agent apikey',
    requested: 'anthropic-version,apikey,pragma,tus-resumable', named: 'tus-resumable' },
];

/** Recorded from Chromium 156: requests whose headers were all allowed, and their order at the server. */
const sent: readonly (Row & { readonly sent: string })[] = [
  { what: '8 names', initiator: 'fetch',
    shown: 'X-A-Very-Long-Header-Name-That-Exceeds-Twenty-Four x-stainless-os fnI1dKzbsiD~3E Referer baggage User-Agent Content-Type X-Grpc-Web',
    sent: 'X-A-Very-Long-Header-Name-That-Exceeds-Twenty-Four x-stainless-os fnI1dKzbsiD~3E User-Agent Content-Type X-Grpc-Web baggage' },
  { what: '8 names, from a worker', initiator: 'fetch',
    shown: 'ccc X-Request-ID Referer Q-i19 X-Requested-With User-Agent Content-Type XP71T',
    sent: 'ccc Q-i19 X-Request-ID X-Requested-With User-Agent Content-Type XP71T' },
  { what: '12 names', initiator: 'fetch',
    shown: 'Authorization X-User-Agent Referer 9lFkQWC3pcubUFA5iZ~UREM3PkHNOJxWZg_dCdZp6o0IsxE-Vu~VkbV6 X-Bar X-Api-Key NGROK-SKIP-BROWSER-WARNING '
      + '1UiO7eVguawJsx7i User-Agent Content-Type X-Grpc-Web xCKwFx7sBJf5WikI6sm',
    sent: 'Authorization X-User-Agent 9lFkQWC3pcubUFA5iZ~UREM3PkHNOJxWZg_dCdZp6o0IsxE-Vu~VkbV6 X-Bar X-Api-Key NGROK-SKIP-BROWSER-WARNING '
      + '1UiO7eVguawJsx7i User-Agent Content-Type X-Grpc-Web xCKwFx7sBJf5WikI6sm' },
  { what: '16 names', initiator: 'fetch',
    shown: 'x-b3-spanid dJZq.j6F-~ xXohwg7 APIKEY TRACESTATE xjR.x-zYRetSGQp X-CSRF-Token Referer Upload-Metadata x '
      + 'xHGk2ef~PV39.dlNABJdeEsBWBwNy.tDqTvLRail3j2mQ xgLP7!OOMGg x-b3-traceid Last-Event-ID User-Agent X-GitHub-Api-Version',
    sent: 'x-b3-spanid dJZq.j6F-~ xjR.x-zYRetSGQp X-CSRF-Token Upload-Metadata x xHGk2ef~PV39.dlNABJdeEsBWBwNy.tDqTvLRail3j2mQ '
      + 'xgLP7!OOMGg x-b3-traceid Last-Event-ID xXohwg7 User-Agent X-GitHub-Api-Version APIKEY TRACESTATE' },
  { what: '16 names, from a worker', initiator: 'fetch',
    shown: 'x-request-id authorization x-stainless-os If-Match x!84hygjyqh9-2!fCe xKh traceparent Grpc-Timeout LI1q q Referer x x-goog-api-key '
      + 'User-Agent Upload-Length X-Client-Version',
    sent: 'q x-request-id authorization x-stainless-os If-Match x!84hygjyqh9-2!fCe x xKh x-goog-api-key traceparent Grpc-Timeout '
      + 'User-Agent Upload-Length X-Client-Version LI1q' },
  { what: 'XMLHttpRequest, 16 names', initiator: 'xhr',
    shown: 'X-Request-ID x-stainless-os anthropic-version X-A-VERY-VERY-LONG-HEADER-NAME-THAT-EXCEEDS-FORTY-EIGHT-CHARACTERS-FOR-THE-LOOP X9 apikey '
      + '6.tP__9etfeS-! If-None-Match Referer OrcrmEZS9C9sD upload-metadata x GAF0QAKMXB2HODBTY5PLGRZKPXRDZ xwetwW9Ql User-Agent UPLOAD-LENGTH',
    sent: 'User-Agent X-Request-ID If-None-Match x-stainless-os OrcrmEZS9C9sD upload-metadata x GAF0QAKMXB2HODBTY5PLGRZKPXRDZ xwetwW9Ql '
      + 'anthropic-version X-A-VERY-VERY-LONG-HEADER-NAME-THAT-EXCEEDS-FORTY-EIGHT-CHARACTERS-FOR-THE-LOOP UPLOAD-LENGTH X9 apikey 6.tP__9etfeS-!' },
];

describe('the header that Chromium names is the first of the order', () => {
  it.each(refused)('$what', ({ initiator, shown, requested, named }) => {
    const names = new Set(requested.split(','));
    const order = blinkHeaderOrder(shown.split(' '), initiator).map((name) => name.toLowerCase());
    expect(order.find((name) => names.has(name))).toBe(named);
  });
});

describe('headers arrive at the server in the order', () => {
  it.each(sent)('$what', ({ initiator, shown, sent: expected }) => {
    expect(blinkHeaderOrder(shown.split(' '), initiator)).toEqual(expected.split(' '));
  });
});

it('keeps the order that is shown where its table does not show that order', () => {
  expect(blinkHeaderOrder(['Upload-Length', 'Referer', 'User-Agent', 'Cache-Control'], 'fetch')).toEqual(['Upload-Length', 'User-Agent', 'Cache-Control']);
});

it('keeps the order that is shown of more names than a server takes', () => {
  const shown = Array.from({ length: 100_000 }, (_, index) => `x-${index}`);
  expect(blinkHeaderOrder([...shown, 'Referer'], 'fetch')).toEqual(shown);
});

it('neither loses nor makes up a name', () => {
  const name = fc.oneof(fc.constantFrom('Referer', 'User-Agent', 'sec-ch-ua', '__proto__', '1', ''), fc.string());
  fc.assert(fc.property(fc.array(name, { maxLength: 40 }), fc.constantFrom('fetch', 'xhr'), (shown, initiator) => {
    const expected = shown.filter((one) => one.toLowerCase() !== 'referer');
    expect([...blinkHeaderOrder(shown, initiator)].sort()).toEqual(expected.sort());
  }));
});
