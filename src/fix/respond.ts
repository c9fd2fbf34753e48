import type { Header, HeaderList } from '../fetch/header-list.ts';
import type { CorsPolicy } from './cors-policy.ts';

/** Every header that a server answers with in the CORS protocol; one layer alone may send them. https://fetch.spec.whatwg.org/#http-responses */
export const corsResponseHeaders = [
  'Access-Control-Allow-Origin', 'Access-Control-Allow-Credentials', 'Access-Control-Allow-Methods',
  'Access-Control-Allow-Headers', 'Access-Control-Max-Age', 'Access-Control-Expose-Headers',
] as const;

/** What of a request decides the CORS headers of its response. */
export interface CorsRequest {
  /** The value of `Origin`, or null when the request has none. */
  readonly origin: string | null;
  /** Whether it is OPTIONS with `Access-Control-Request-Method`. Any other OPTIONS request belongs to the application. */
  readonly isPreflight: boolean;
}

/**
 * The reference server: the headers that a server which follows the policy adds to its response, be it a 204, a 404 or a
 * 500. Every recipe must do the same.
 *
 * Nothing but Access-Control-Allow-Origin depends on the origin:
 * 1. a server then needs one condition, and the other lines are constants that cannot go wrong;
 * 2. without it a browser shares nothing, whatever else is there;
 * 3. a developer whose origin is missing sees the rest at work, and so that it is the origin that is missing.
 *
 * https://fetch.spec.whatwg.org/#http-responses
 */
export function respond(policy: CorsPolicy, request: CorsRequest): HeaderList {
  return [
    ...allowOrigin(policy, request.origin),
    ...(policy.credentialed ? [['Access-Control-Allow-Credentials', 'true'] as const] : []),
    ...(request.isPreflight
      ? [
          ...list('Access-Control-Allow-Methods', policy.methods),
          ...list('Access-Control-Allow-Headers', policy.requestHeaders),
          ...maxAge(policy),
        ]
      : list('Access-Control-Expose-Headers', policy.exposedHeaders)),
  ];
}

function allowOrigin({ origins }: CorsPolicy, origin: string | null): HeaderList {
  if (origins === '*') return [['Access-Control-Allow-Origin', '*']];
  // A cache must tell origins apart even by a response that allows none, or it replays that one to an allowed origin.
  const vary: Header = ['Vary', 'Origin'];
  return origin !== null && origins.includes(origin) ? [['Access-Control-Allow-Origin', origin], vary] : [vary];
}

const list = (name: string, values: readonly string[]): HeaderList => (values.length === 0 ? [] : [[name, values.join(', ')]]);

function maxAge(policy: CorsPolicy): HeaderList {
  const seconds = statedMaxAge(policy);
  return seconds === null ? [] : [['Access-Control-Max-Age', String(seconds)]];
}

/**
 * The seconds that a server states, two hours at most: Chromium keeps an answer no longer, and elsewhere a mistake in the
 * policy would outlive its repair by as much.
 */
export const statedMaxAge = ({ maxAge }: CorsPolicy): number | null => (maxAge === null ? null : Math.min(maxAge, 7200));
