import { isForbiddenRequestHeader } from '../../src/fetch/request-header.ts';
import { isCorsSafelistedMethod } from '../../src/fetch/method.ts';
import type { HeaderList } from '../../src/fetch/header-list.ts';
import type { CorsRequest } from '../../src/fix/respond.ts';

/**
 * What browsers and caches make of the CORS headers of a response. Two responses that grant the same are the same here,
 * whatever else they say: what stands beside a missing Access-Control-Allow-Origin grants nothing.
 */
export interface Granted {
  /** Every Access-Control-Allow-Origin line; more than one is an error. */
  readonly origin: readonly string[];
  /** What is granted when the origin is; null when it is not. */
  readonly shared: null | {
    readonly credentials: readonly string[];
    /** Of a preflight: methods beside the CORS-safelisted ones, sorted; request-header names that a script can set, sorted; seconds. */
    readonly preflight: null | { readonly methods: readonly string[]; readonly headers: readonly string[]; readonly maxAge: number };
    /** Of an actual response: the header names that scripts may read, sorted. */
    readonly exposed: readonly string[];
  };
  /** Whether a cache may give the response to another origin than the one that it was for, or to none. */
  readonly forOneOrigin: boolean;
}

/** The browsers' default for the answer to a preflight that states no age, in seconds; a shorter one does no harm, and not every library can state it. */
const defaultMaxAge = 5;

/** Reads a response as a browser does. */
export function grantedBy(headers: HeaderList, { isPreflight }: CorsRequest): Granted {
  const lines = (name: string): readonly string[] => headers.filter(([key]) => key.toLowerCase() === name).map(([, value]) => value);
  const items = (name: string): readonly string[] =>
    [...new Set(lines(name).flatMap((value) => value.split(',')).map((item) => item.trim()).filter((item) => item !== ''))].sort();
  const lowered = (name: string): readonly string[] => items(name).map((item) => item.toLowerCase()).sort();
  const origin = lines('access-control-allow-origin');
  const maxAge = lines('access-control-max-age')[0];
  return {
    origin,
    shared: origin.length === 0 ? null : {
      credentials: lines('access-control-allow-credentials'),
      preflight: isPreflight
        ? {
            methods: items('access-control-allow-methods').filter((method) => !isCorsSafelistedMethod(method)),
            headers: lowered('access-control-allow-headers').filter((name) => !isForbiddenRequestHeader(name, '')),
            maxAge: Math.max(defaultMaxAge, maxAge === undefined ? 0 : Number(maxAge)),
          }
        : null,
      exposed: isPreflight ? [] : lowered('access-control-expose-headers'),
    },
    // No cache keeps the response to OPTIONS. A response that says the same to everyone may go to everyone.
    forOneOrigin: !isPreflight && !(origin[0] === '*') && lowered('vary').includes('origin'),
  };
}
