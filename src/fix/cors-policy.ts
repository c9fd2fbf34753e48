import { byteLowercase } from '../fetch/byte.ts';
import { isCorsSafelistedMethod, isForbiddenMethod, isMethod, normalizeMethod } from '../fetch/method.ts';
import { isHttpToken } from '../fetch/http-token.ts';
import { serializeOrigin } from '../fetch/origin.ts';
import { isForbiddenRequestHeader } from '../fetch/request-header.ts';
import { isCorsSafelistedResponseHeaderName, isForbiddenResponseHeaderName } from '../fetch/response-header.ts';
import { isLoopback, parseUrl } from '../fetch/url.ts';

/**
 * What a server grants, in the six terms of the CORS protocol. Plain data: it says nothing of any server.
 * https://fetch.spec.whatwg.org/#http-cors-protocol
 */
export interface CorsPolicy {
  /** Serialised origins, compared byte by byte; `'*'` is any origin and never goes with credentials. */
  readonly origins: readonly string[] | '*';
  /** Whether responses may be shared for requests whose credentials mode is `include`. */
  readonly credentialed: boolean;
  /** Methods beside GET, HEAD and POST, which need no grant; compared case-sensitively. */
  readonly methods: readonly string[];
  /** Request-header names, byte-lowercase. */
  readonly requestHeaders: readonly string[];
  /** Response-header names that scripts may read, byte-lowercase. */
  readonly exposedHeaders: readonly string[];
  /** How long a browser may keep the answer to a preflight, in seconds; null leaves the browser's default of 5 seconds. */
  readonly maxAge: number | null;
}

/** Why a string is not an origin as a browser writes it in `Origin`. */
export type OriginFlaw =
  | 'pattern' | 'several' | 'no-scheme' | 'unparseable' | 'scheme' | 'host' | 'userinfo' | 'path' | 'trailing-slash' | 'default-port' | 'upper-case' | 'non-ascii' | 'form';

/** One thing that is wrong with a policy, and the value that is. Prose is a rendering of it: `describePolicyError`. */
export type PolicyError =
  | { readonly kind: 'no-origin'; readonly value: '' }
  | { readonly kind: 'wildcard-origin-with-credentials'; readonly value: '*' }
  | { readonly kind: 'null-origin'; readonly value: 'null' }
  /** `serialised` is what a browser would send instead, or null when no origin can be made out. */
  | { readonly kind: 'unserialised-origin'; readonly value: string; readonly flaw: OriginFlaw; readonly serialised: string | null }
  | { readonly kind: 'invalid-method' | 'wildcard-method' | 'forbidden-method' | 'safelisted-method'; readonly value: string }
  | { readonly kind: 'unnormalized-method'; readonly value: string; readonly normalized: string }
  | { readonly kind: 'invalid-header'; readonly value: string; readonly list: HeaderNameList }
  | { readonly kind: 'wildcard-header'; readonly value: '*'; readonly list: HeaderNameList }
  | { readonly kind: 'unlowered-header'; readonly value: string; readonly list: HeaderNameList }
  | { readonly kind: 'forbidden-request-header' | 'cors-request-header'; readonly value: string }
  | { readonly kind: 'forbidden-response-header' | 'cors-response-header' | 'safelisted-response-header'; readonly value: string }
  | { readonly kind: 'max-age-out-of-range'; readonly value: number }
  | { readonly kind: 'duplicate'; readonly value: string; readonly list: HeaderNameList | 'origins' | 'methods' };

type HeaderNameList = 'requestHeaders' | 'exposedHeaders';

/** The field of the policy that an error is about. */
export function fieldOf(error: PolicyError): keyof CorsPolicy {
  if ('list' in error) return error.list;
  switch (error.kind) {
    case 'no-origin':
    case 'wildcard-origin-with-credentials':
    case 'null-origin':
    case 'unserialised-origin':
      return 'origins';
    case 'invalid-method':
    case 'wildcard-method':
    case 'forbidden-method':
    case 'safelisted-method':
    case 'unnormalized-method':
      return 'methods';
    case 'forbidden-request-header':
    case 'cors-request-header':
      return 'requestHeaders';
    case 'forbidden-response-header':
    case 'cors-response-header':
    case 'safelisted-response-header':
      return 'exposedHeaders';
    case 'max-age-out-of-range':
      return 'maxAge';
  }
}

/** A day: no browser keeps the answer to a preflight longer than Firefox does. */
const longestMaxAge = 86_400;

/** Everything that is wrong with the policy, in the order of its fields; none means that a recipe may render it. */
export function validatePolicy(policy: CorsPolicy): readonly PolicyError[] {
  return [
    ...originErrors(policy),
    ...duplicates('origins', policy.origins === '*' ? [] : policy.origins),
    ...policy.methods.flatMap(methodErrors),
    ...duplicates('methods', policy.methods),
    ...policy.requestHeaders.flatMap(requestHeaderErrors),
    ...duplicates('requestHeaders', policy.requestHeaders.map(byteLowercase)),
    ...policy.exposedHeaders.flatMap(exposedHeaderErrors),
    ...duplicates('exposedHeaders', policy.exposedHeaders.map(byteLowercase)),
    ...maxAgeErrors(policy.maxAge),
  ];
}

function originErrors({ origins, credentialed }: CorsPolicy): readonly PolicyError[] {
  // https://fetch.spec.whatwg.org/#cors-protocol-and-credentials
  if (origins === '*') return credentialed ? [{ kind: 'wildcard-origin-with-credentials', value: '*' }] : [];
  if (origins.length === 0) return [{ kind: 'no-origin', value: '' }];
  return origins.flatMap((origin): PolicyError[] => {
    // Every sandboxed frame and every local file has this origin: to grant it is to grant anyone.
    if (origin === 'null') return [{ kind: 'null-origin', value: 'null' }];
    const flaw = originFlaw(origin);
    if (flaw === null) return [];
    return [{ kind: 'unserialised-origin', value: origin, flaw, serialised: beyondRepair.has(flaw) ? null : serializeOrigin(origin) }];
  });
}

/** With these nothing says which origin is meant. */
const beyondRepair: ReadonlySet<OriginFlaw> = new Set(['pattern', 'several', 'no-scheme', 'unparseable', 'scheme', 'host']);

function originFlaw(origin: string): OriginFlaw | null {
  // A pattern that ends in a public suffix, as *.github.io does, is anyone's; which suffixes are public changes every week.
  if (/[*^|()]/.test(origin)) return 'pattern';
  if (origin.indexOf('://') !== origin.lastIndexOf('://')) return 'several';
  const url = parseUrl(origin);
  // The URL parser takes the host of localhost:3000 for a scheme.
  if (!origin.includes('://') && (url ? /^[\w.-]+:\d/.test(origin) : /^[\w/]/.test(origin))) return 'no-scheme';
  if (!url) return 'unparseable';
  const { protocol, hostname, username, password, pathname, search, hash } = url;
  const ordinaryHost = ordinaryHosts.get(protocol);
  if (!ordinaryHost) return 'scheme';
  if (!ordinaryHost.test(hostname) || hostname.length > longestHost) return 'host';
  const serialised = serializeOrigin(origin);
  if (origin === serialised) return null;
  if (username !== '' || password !== '') return 'userinfo';
  if ((pathname !== '/' && pathname !== '') || search !== '' || hash !== '') return 'path';
  if (origin.endsWith('/')) return 'trailing-slash';
  if (origin === `${serialised}:80` || origin === `${serialised}:443`) return 'default-port';
  if (byteLowercase(origin) === serialised) return 'upper-case';
  if (/[^\x00-\x7f]/.test(origin)) return 'non-ascii';
  return 'form';
}

/** The URL parser leaves quotes, braces, `$` and `;` in a host; none of them names a site, and a configuration is no place for them. */
const domainOrAddress = /^(?:[0-9a-z_-]+(?:\.[0-9a-z_-]+)*\.?|\[[0-9a-f:]+\])$/;
/** Of a domain name. RFC 1035, section 2.3.4 */
const longestHost = 255;
const extensionId = /^[0-9A-Za-z-]+$/;
const ordinaryHosts: ReadonlyMap<string, RegExp> = new Map([
  ['http:', domainOrAddress],
  ['https:', domainOrAddress],
  ['chrome-extension:', extensionId],
  ['moz-extension:', extensionId],
  ['safari-web-extension:', extensionId],
]);

function methodErrors(method: string): readonly PolicyError[] {
  if (method === '*') return [{ kind: 'wildcard-method', value: method }];
  if (!isMethod(method)) return [{ kind: 'invalid-method', value: method }];
  if (isForbiddenMethod(method)) return [{ kind: 'forbidden-method', value: method }];
  const normalized = normalizeMethod(method);
  if (isCorsSafelistedMethod(normalized)) return [{ kind: 'safelisted-method', value: method }];
  return normalized === method ? [] : [{ kind: 'unnormalized-method', value: method, normalized }];
}

function requestHeaderErrors(name: string): readonly PolicyError[] {
  const errors = headerNameErrors(name, 'requestHeaders');
  // Legal for two thirds of them, and always a misunderstanding: they are what a server answers.
  if (byteLowercase(name).startsWith('access-control-')) return [...errors, { kind: 'cors-request-header', value: name }];
  // Some names are forbidden with certain values only; those may be granted.
  if (isForbiddenRequestHeader(name, '')) return [...errors, { kind: 'forbidden-request-header', value: name }];
  return errors;
}

function exposedHeaderErrors(name: string): readonly PolicyError[] {
  const errors = headerNameErrors(name, 'exposedHeaders');
  if (isForbiddenResponseHeaderName(name)) return [...errors, { kind: 'forbidden-response-header', value: name }];
  if (byteLowercase(name).startsWith('access-control-')) return [...errors, { kind: 'cors-response-header', value: name }];
  if (isCorsSafelistedResponseHeaderName(name, [])) return [...errors, { kind: 'safelisted-response-header', value: name }];
  return errors;
}

function headerNameErrors(name: string, list: HeaderNameList): readonly PolicyError[] {
  if (name === '*') return [{ kind: 'wildcard-header', value: name, list }];
  if (!isHttpToken(name)) return [{ kind: 'invalid-header', value: name, list }];
  return byteLowercase(name) === name ? [] : [{ kind: 'unlowered-header', value: name, list }];
}

function maxAgeErrors(maxAge: number | null): readonly PolicyError[] {
  if (maxAge === null || (Number.isInteger(maxAge) && maxAge >= 0 && maxAge <= longestMaxAge)) return [];
  return [{ kind: 'max-age-out-of-range', value: maxAge }];
}

function duplicates(list: 'origins' | 'methods' | HeaderNameList, values: readonly string[]): readonly PolicyError[] {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const value of values) (seen.has(value) ? repeated : seen).add(value);
  return [...repeated].map((value) => ({ kind: 'duplicate', value, list }));
}

/** What a valid policy towards a server, by its origin, should not be used for without a thought, in a sentence each. */
export function cautionsOf({ origins, credentialed }: CorsPolicy, server: string): readonly string[] {
  if (origins === '*') return [];
  const hosts = origins.map((origin) => ({ origin, hostname: parseUrl(origin)?.hostname ?? '' }));
  const local = hosts.find(({ hostname }) => isLoopback(hostname));
  const insecure = hosts.find(({ origin, hostname }) => origin.startsWith('http:') && !isLoopback(hostname));
  return [
    ...(insecure && credentialed && server.startsWith('https:') ? [`Whoever controls a user's network can pretend to be ${insecure.origin}, and read with the user's credentials. Allow its https origin instead.`] : []),
    ...(local && !isLoopback(parseUrl(server)?.hostname ?? '') ? [`Leave ${local.origin} out in production: on each user's machine something else may listen there.`] : []),
  ];
}

/** What to do about the error, in one sentence. It holds the offending value as it is: show it as text only. */
export function describePolicyError(error: PolicyError): string {
  switch (error.kind) {
    case 'no-origin':
      return 'Name at least one origin.';
    case 'wildcard-origin-with-credentials':
      return 'Name each origin: browsers refuse “*” for a request with credentials.';
    case 'null-origin':
      return 'Remove “null”: every sandboxed frame has this origin, so granting it grants anyone.';
    case 'unserialised-origin':
      return error.serialised === null
        ? `Replace “${error.value}”: ${flaws[error.flaw]}.`
        : `Write “${error.serialised}” instead of “${error.value}”: ${flaws[error.flaw]}.`;
    case 'invalid-method':
      return `Remove “${error.value}”: it is not a method.`;
    case 'wildcard-method':
      return 'Name each method: “*” grants all of them, and none for a request with credentials.';
    case 'forbidden-method':
      return `Remove “${error.value}”: browsers never let a script send it.`;
    case 'safelisted-method':
      return `Remove “${error.value}”: GET, HEAD and POST need no grant.`;
    case 'unnormalized-method':
      return `Write “${error.normalized}” instead of “${error.value}”: browsers send it in upper case, and methods are compared case-sensitively.`;
    case 'invalid-header':
      return `Remove “${error.value}” from the ${listNames[error.list]}: it is not a header name.`;
    case 'wildcard-header':
      return `Name each of the ${listNames[error.list]}: “*” grants all of them, and none for a request with credentials.`;
    case 'unlowered-header':
      return `Write “${byteLowercase(error.value)}” instead of “${error.value}” in the ${listNames[error.list]}.`;
    case 'forbidden-request-header':
      return `Remove “${error.value}” from the request headers: only the browser sets it, so it needs no grant.`;
    case 'cors-request-header':
      return `Remove “${error.value}” from the request headers here and in the client: it belongs to the CORS protocol itself.`;
    case 'forbidden-response-header':
      return `Remove “${error.value}” from the exposed headers: browsers never show it to a script.`;
    case 'cors-response-header':
      return `Remove “${error.value}” from the exposed headers: it belongs to the CORS protocol itself.`;
    case 'safelisted-response-header':
      return `Remove “${error.value}” from the exposed headers: every script may read it.`;
    case 'max-age-out-of-range':
      return `Write a whole number of seconds from 0 to ${longestMaxAge}, which is a day.`;
    case 'duplicate':
      return `Write “${error.value}” only once in the ${listNames[error.list]}.`;
  }
}

const flaws: Readonly<Record<OriginFlaw, string>> = {
  'pattern': 'a pattern is not an origin, so name each one in full',
  'several': 'each origin is an entry of its own',
  'no-scheme': 'an origin begins with its scheme, as in https://app.example',
  'unparseable': 'an origin is a scheme, a host and perhaps a port, as in https://app.example',
  'scheme': 'only http, https and extension pages have an origin that can be granted',
  'userinfo': 'an origin has no user name or password',
  'path': 'an origin has no path',
  'trailing-slash': 'an origin does not end in a slash',
  'default-port': 'an origin leaves out the default port of its scheme',
  'upper-case': 'an origin is in lower case',
  'non-ascii': 'browsers send an international domain in its ASCII form',
  'host': 'no site has such a host',
  'form': 'browsers send the origin in this form and compare it byte by byte',
};

const listNames: Readonly<Record<HeaderNameList | 'origins' | 'methods', string>> = {
  origins: 'origins',
  methods: 'methods',
  requestHeaders: 'request headers',
  exposedHeaders: 'exposed headers',
};
