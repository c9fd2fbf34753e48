import { byteLowercase } from './byte.ts';
import type { BrowserProfile, PreflightCacheProfile } from './browser-profile.ts';
import { extractHeaderListValues, get } from './header-list.ts';
import { isCorsNonWildcardRequestHeaderName } from './request-header.ts';
import type { CorsResponse, CredentialsMode, PreflightedRequest } from './request.ts';

/** What one preflight granted. https://fetch.spec.whatwg.org/#concept-cache */
export interface CacheEntry<Source> {
  readonly origin: string;
  readonly url: string;
  readonly credentials: CredentialsMode;
  /** Milliseconds on the caller's clock. */
  readonly expires: number;
  readonly methods: ReadonlySet<string>;
  /** Byte-lowercase. */
  readonly headerNames: ReadonlySet<string>;
  /** Whatever the caller wants back when the entry matches: the preflight that made it. */
  readonly source: Source;
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
  const entries = new Map<string, CacheEntry<Source>[]>();
  const key = (origin: string, url: string): string => `${origin} ${url}`;
  return {
    store(request, url, response, source, now) {
      const maxAge = preflightMaxAge(response, rules);
      if (maxAge === null || maxAge === 0) return;
      if (rules.urlLengthLimit !== null && url.length >= rules.urlLengthLimit) return;
      const granted = (name: Lowercase<string>): readonly string[] => extractHeaderListValues(response.headers, name).values ?? [];
      const entry: CacheEntry<Source> = {
        origin: request.origin,
        url,
        credentials: request.credentials,
        expires: now + maxAge * 1000,
        methods: new Set(granted('access-control-allow-methods')),
        headerNames: new Set(granted('access-control-allow-headers').map(byteLowercase)),
        source,
      };
      const at = key(request.origin, url);
      if (entries.size >= sizeLimit && !entries.has(at)) dropOldest(entries);
      const kept = rules.newResponse === 'adds' ? (entries.get(at) ?? []).filter((old) => old.expires > now) : [];
      entries.set(at, [...kept, entry]);
    },
    match(request, url, now) {
      const found = (entries.get(key(request.origin, url)) ?? []).findLast((entry) => isCacheEntryMatch(entry, request, rules, now));
      return found?.source ?? null;
    },
    clear: () => entries.clear(),
  };
}

function dropOldest(entries: Map<string, unknown>): void {
  for (const key of entries.keys()) return void entries.delete(key);
}

/** https://fetch.spec.whatwg.org/#concept-cache-match */
function isCacheEntryMatch(entry: CacheEntry<unknown>, request: PreflightedRequest, rules: PreflightCacheProfile, now: number): boolean {
  if (entry.expires <= now) return false;
  // There is a cache entry match when the entry's credentials is true, or the request's credentials mode is not "include".
  if (entry.credentials !== request.credentials && !(entry.credentials === 'include' && rules.credentialedServesUncredentialed)) return false;
  const wildcard = rules.wildcardMatches && entry.credentials === 'omit' && request.credentials === 'omit';
  // There is a method cache entry match when the entry's method is the method or `*`.
  const methodMatches = rules.exemptMethods.has(request.method) || entry.methods.has(request.method) || (wildcard && entry.methods.has('*'));
  // There is a header-name cache entry match when the entry's header name is a byte-case-insensitive match or `*`.
  return methodMatches && request.unsafeHeaderNames.every((name) =>
    entry.headerNames.has(name)
    || (wildcard && entry.headerNames.has('*') && (rules.wildcardCoversAuthorization || !isCorsNonWildcardRequestHeaderName(name))));
}
