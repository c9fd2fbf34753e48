import { byteLowercase } from '../fetch/byte.ts';
import { type HeaderList, get, splitHeaderValue } from '../fetch/header-list.ts';
import { serializeOrigin } from '../fetch/origin.ts';
import { isLoopback, parseUrl } from '../fetch/url.ts';
import type { Exchange } from '../exchange/exchange.ts';
import type { Diagnosis } from './diagnosis.ts';
import { type Reading, fetchStandard, mdnDocs } from './reading.ts';

/** A configuration that works and is dangerous. */
export interface Risk {
  readonly id: string;
  readonly severity: 'high' | 'medium' | 'low';
  readonly summary: string;
  readonly reading: Reading;
}

interface Scene {
  readonly allowOrigin: string | null;
  readonly allowCredentials: boolean;
  /** The `Origin` header that the response answers; null: the request had none. */
  readonly origin: string | null;
  readonly apiOrigin: string;
  readonly varies: boolean;
}

interface RiskRow extends Risk {
  readonly applies: (scene: Scene) => boolean;
}

const opaqueOrigins: Reading = { mdn: `${mdnDocs}/Web/HTTP/Reference/Headers/Access-Control-Allow-Origin`, spec: 'https://html.spec.whatwg.org/multipage/browsers.html#concept-origin-opaque' };

/** Adding one is adding its row. Only what the responses show is claimed. */
const rows: readonly RiskRow[] = [
  {
    id: 'null-allowed-with-credentials', severity: 'high',
    summary: 'The server trusts the origin null with credentials. Any site can send it from a sandboxed frame and read what belongs to the user. Remove null from the list.',
    reading: opaqueOrigins,
    applies: ({ allowOrigin, allowCredentials }) => allowOrigin === 'null' && allowCredentials,
  },
  {
    id: 'null-allowed', severity: 'medium',
    summary: 'The server allows the origin null. It is no origin: any site can send it from a sandboxed frame. Remove null from the list.',
    reading: opaqueOrigins,
    applies: ({ allowOrigin, allowCredentials }) => allowOrigin === 'null' && !allowCredentials,
  },
  {
    id: 'insecure-origin-with-credentials', severity: 'medium',
    summary: 'The server trusts an http origin with credentials over https. Whoever controls the network can pretend to be that origin. Allow its https origin only.',
    reading: { mdn: `${mdnDocs}/Web/Security/Attacks/MITM`, spec: 'https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy' },
    applies: ({ allowOrigin, allowCredentials, apiOrigin }) =>
      allowCredentials && allowOrigin !== null && allowOrigin.startsWith('http:') && apiOrigin.startsWith('https:') && !isLoopback(parseUrl(allowOrigin)?.hostname ?? ''),
  },
  {
    id: 'no-vary-origin', severity: 'medium',
    summary: 'The response names one origin and does not say Vary: Origin. A cache may hand it to a page of another origin, which then is blocked. Send Vary: Origin always.',
    reading: { mdn: `${mdnDocs}/Web/HTTP/Reference/Headers/Vary`, spec: `${fetchStandard}#cors-protocol-and-http-caches` },
    applies: ({ allowOrigin, origin, varies }) => allowOrigin !== null && allowOrigin !== '*' && allowOrigin === origin && !varies,
  },
  {
    id: 'wildcard-claims-credentials', severity: 'low',
    summary: 'The server sends Access-Control-Allow-Credentials: true beside *. Browsers refuse the two together. A repair that echoes any origin would open the server to every site: use a list of origins.',
    reading: { mdn: `${mdnDocs}/Web/HTTP/Reference/Headers/Access-Control-Allow-Credentials`, spec: `${fetchStandard}#cors-protocol-and-credentials` },
    applies: ({ allowOrigin, allowCredentials }) => allowOrigin === '*' && allowCredentials,
  },
];

/** The risks that the exchange's responses show. */
export function risksOf(exchange: Exchange, { mode }: Pick<Diagnosis, 'mode'>): readonly Risk[] {
  const scenes = exchange.hops.flatMap((hop): readonly Scene[] => {
    const scene = (headers: HeaderList, request: HeaderList | null): Scene => ({
      allowOrigin: get(headers, 'access-control-allow-origin'),
      allowCredentials: get(headers, 'access-control-allow-credentials') === 'true',
      origin: get(request ?? [], 'origin'),
      apiOrigin: serializeOrigin(hop.url),
      varies: splitHeaderValue(get(headers, 'vary') ?? '').some((name) => name === '*' || byteLowercase(name) === 'origin'),
    });
    // A preflight's answer is in no shared cache and needs no Vary: only what a page reads is judged.
    return hop.response && mode.value !== 'no-cors' ? [scene(hop.response.headers, hop.requestHeaders)] : [];
  });
  return rows.filter(({ applies }) => scenes.some(applies)).map(({ id, severity, summary, reading }) => ({ id, severity, summary, reading }));
}
