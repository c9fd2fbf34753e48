import { respond } from '../../src/fix/respond.ts';
import type { SnippetReader } from './recipe-server.ts';

/** What a snippet gives to the npm package `cors`. */
interface CorsOptions {
  readonly origin: readonly string[] | '*';
  readonly credentials?: true;
  readonly methods: readonly string[];
  readonly allowedHeaders: readonly string[];
  readonly exposedHeaders?: readonly string[];
  readonly maxAge?: number;
}

/** Chooses the options for a request. */
export type CorsDelegate = (request: object, callback: (error: unknown, options: CorsOptions) => void) => void;

/** What the package answers. */
export const readCorsPackage = (delegate: CorsDelegate): SnippetReader => (request) => {
  let given: CorsOptions | undefined;
  delegate({ method: 'OPTIONS', headers: request.isPreflight ? { 'access-control-request-method': 'PUT' } : {} }, (_, options) => { given = options; });
  if (given === undefined) throw new Error('The package is given no options.');
  return respond({
    origins: given.origin,
    credentialed: given.credentials ?? false,
    methods: given.methods,
    requestHeaders: given.allowedHeaders,
    exposedHeaders: given.exposedHeaders ?? [],
    maxAge: given.maxAge ?? null,
  }, request);
};
