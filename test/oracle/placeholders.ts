import { type HeaderLine, headerValue, type RawRequest, type RawResponse } from '../playground/raw-server.ts';
import type { CaseResponse } from './cases.ts';

/** What only the run knows of a case. */
export interface Surroundings {
  /** Of the page: `http://localhost:PORT`. */
  readonly app: string;
  /** The API's origin under another host name. */
  readonly api: string;
  /** Where a redirect of this hop leads. */
  readonly next: string;
  /** A path where no hop of the case is. */
  readonly elsewhere: string;
  /** The method that the script asks for. */
  readonly method: string;
}

/** The response with the placeholders of a case filled in. */
export function fill({ status, headers }: CaseResponse, request: RawRequest, { app, api, next, elsewhere, method }: Surroundings): RawResponse {
  const origin = headerValue(request, 'origin') ?? app;
  const asked = headerValue(request, 'access-control-request-headers') ?? 'x-none';
  const { port } = new URL(app);
  const placeholders: Readonly<Record<string, string>> = {
    origin,
    ORIGIN: origin.toUpperCase(),
    otherPort: `http://localhost:${Number(port) + 1}`,
    otherScheme: origin.replace('http:', 'https:'),
    otherHost: `http://localhost.example:${port}`,
    apiOrigin: api,
    method,
    METHOD: method.toUpperCase(),
    lowerMethod: method.toLowerCase(),
    headers: asked,
    HEADERS: asked.toUpperCase(),
    next,
    elsewhere,
    nextUserInfo: next.replace('http://', 'http://user:secret@'),
  };
  return {
    status,
    headers: headers.map(([name, value]): HeaderLine => [name, value.replace(/\{(\w+)\}/g, (whole, key: string) => placeholders[key] ?? whole)]),
    body: status === 204 || status === 304 || request.method === 'HEAD' ? '' : 'body',
  };
}
