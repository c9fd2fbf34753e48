import { byteLowercase } from './byte.ts';
import type { BrowserProfile, PreflightCacheProfile } from './browser-profile.ts';
import { extractHeaderListValues, get } from './header-list.ts';
import { isCorsNonWildcardRequestHeaderName } from './request-header.ts';
import type { CorsResponse, CredentialsMode, PreflightedRequest } from './request.ts';

/** A granted method or header name: until when, in milliseconds on the caller's clock, and by which preflight. */
interface Grant<Source> {
  readonly expires: number;
  readonly source: Source;
}

/** What preflights for one URL have granted to one origin and credentials mode. https://fetch.spec.whatwg.org/#concept-cache */
interface CacheEntry<Source> {
  readonly credentials: CredentialsMode;
  readonly methods: Map<string, Grant<Source>>;
  /** Byte-lowercase. */
  readonly headerNames: Map<string, Grant<Source>>;
  /** What needs no grant needs an entry all the same: the preflight for its headers, or for its method. */
  latest: Grant<Source>;
}

export interface CorsPreflightCache<Source> {
  /** Remembers what a preflight that passed has granted. `now` is in milliseconds. */
  store(request: PreflightedRequest, url: string, response: CorsResponse, source: Source, now: number): void;
  /** The preflight that lets a browser send this request without asking again, or null. */
  match(request: PreflightedRequest, url: string, now: number): Source | null;
  clear(): void;
}

const defaultMaxAge = 5;

/** Browsers keep between 100 (Firefox) and 1024 (Chromium) entries; dropping one only means not knowing its source. */
const sizeLimit = 1024;

/** How many seconds a browser keeps the answer; null: it does not keep it. https://fetch.spec.whatwg.org/#http-access-control-max-age */
export function preflightMaxAge(response: CorsResponse, profile: PreflightCacheProfile): number | null {
  // 8. Let max-age be the result of extracting header list values given `Access-Control-Max-Age`.
  const value = get(response.headers, 'access-control-max-age');
  // 9. If max-age is failure or null, then set max-age to 5.
  if (value === null || value === '') return defaultMaxAge;
  if (/^-[0-9]+$/.test(value) && profile.negativeMaxAge !== 'default') return profile.negativeMaxAge === 'expired' ? 0 : null;
  if (!/^[0-9]+$/.test(value)) return profile.invalidMaxAge === 'default' ? defaultMaxAge : null;
  // 10. If max-age is greater than an imposed limit on max-age, then set max-age to the imposed limit.
  return Math.min(Number(value), profile.maxAgeLimit);
}

export function createCorsPreflightCache<Source>({ cache: rules }: BrowserProfile): CorsPreflightCache<Source> {
  const entries = new Map<string, readonly CacheEntry<Source>[]>();
  const keyOf = (origin: string, url: string): string => `${origin} ${url}`;
  return {
    store(request, url, response, source, now) {
      const maxAge = preflightMaxAge(response, rules);
      if (maxAge === null || (maxAge === 0 && rules.zeroMaxAge === 'not-cached')) return;
      if (rules.urlLengthLimit !== null && url.length >= rules.urlLengthLimit) return;
      const key = keyOf(request.origin, url);
      if (entries.size >= sizeLimit && !entries.has(key)) dropOldest(entries);
      const known = entries.get(key) ?? [];
      const grant: Grant<Source> = { expires: now + maxAge * 1000, source };
      const entry = (rules.newResponse === 'adds' ? known.find(({ credentials }) => credentials === request.credentials) : undefined)
        ?? { credentials: request.credentials, methods: new Map(), headerNames: new Map(), latest: grant };
      entry.latest = grant;
      // 11.-14. For each method and header name: update the matching entry's max age, or create a new entry.
      const granted = (name: Lowercase<string>): readonly string[] => extractHeaderListValues(response.headers, name).values ?? [];
      for (const method of granted('access-control-allow-methods')) entry.methods.set(method, grant);
      for (const name of granted('access-control-allow-headers')) entry.headerNames.set(byteLowercase(name), grant);
      entries.set(key, rules.newResponse === 'adds' ? [...known.filter((other) => other !== entry), entry] : [entry]);
    },
    match(request, url, now) {
      for (const entry of entries.get(keyOf(request.origin, url)) ?? []) {
        const grant = matchingGrant(entry, request, rules, now);
        if (grant) return grant.source;
      }
      return null;
    },
    clear: () => entries.clear(),
  };
}

function dropOldest(entries: Map<string, unknown>): void {
  for (const key of entries.keys()) return void entries.delete(key);
}

/** The latest of the grants that let a request go without a preflight, or null. https://fetch.spec.whatwg.org/#concept-cache-match */
function matchingGrant<Source>(entry: CacheEntry<Source>, request: PreflightedRequest, rules: PreflightCacheProfile, now: number): Grant<Source> | null {
  // There is a cache entry match when the entry's credentials is true, or the request's credentials mode is not "include".
  if (entry.credentials !== request.credentials && !(entry.credentials === 'include' && rules.credentialedServesUncredentialed)) return null;
  const wildcard = rules.wildcardMatches && entry.credentials === 'omit' && request.credentials === 'omit';
  const alive = (grant: Grant<Source> | undefined): Grant<Source> | null => (grant && grant.expires > now ? grant : null);
  // There is a method cache entry match when the entry's method is the method or `*`.
  const needed = [
    rules.exemptMethods.has(request.method) ? alive(entry.latest) : alive(entry.methods.get(request.method)) ?? alive(wildcard ? entry.methods.get('*') : undefined),
    // There is a header-name cache entry match when the entry's header name is a byte-case-insensitive match or `*`.
    ...request.unsafeHeaderNames.map((name) => {
      const covered = wildcard && (rules.wildcardCoversAuthorization || !isCorsNonWildcardRequestHeaderName(name));
      return alive(entry.headerNames.get(name)) ?? alive(covered ? entry.headerNames.get('*') : undefined);
    }),
  ];
  let latest: Grant<Source> | null = null;
  for (const grant of needed) {
    if (grant === null) return null;
    if (latest === null || grant.expires >= latest.expires) latest = grant;
  }
  return latest;
}
