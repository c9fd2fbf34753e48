import type { CorsPolicy } from '../../src/fix/cors-policy.ts';
import { isCorsSafelistedMethod } from '../../src/fetch/method.ts';
import { respond } from '../../src/fix/respond.ts';
import type { SnippetReader } from './recipe-server.ts';

/** A policy as services list it, where an empty list may be left out and the safelisted methods must be named. */
export interface Listed {
  readonly origins: readonly string[];
  readonly credentialed: boolean;
  readonly methods: readonly string[];
  readonly requestHeaders?: readonly string[] | undefined;
  readonly exposedHeaders?: readonly string[] | undefined;
  readonly maxAge?: number | undefined;
}

/** What a service answers that does as its documentation says. */
export function readListed({ origins, credentialed, methods, requestHeaders = [], exposedHeaders = [], maxAge }: Listed): SnippetReader {
  const missing = ['GET', 'HEAD', 'POST'].filter((method) => !methods.includes(method));
  if (missing.length > 0) throw new Error(`The service would refuse ${missing.join(', ')}.`);
  const policy: CorsPolicy = {
    origins: origins.length === 1 && origins[0] === '*' ? '*' : origins,
    credentialed,
    methods: methods.filter((method) => !isCorsSafelistedMethod(method)),
    requestHeaders,
    exposedHeaders,
    maxAge: maxAge ?? null,
  };
  return (request) => respond(policy, request);
}
