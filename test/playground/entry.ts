import type { Protocol } from 'devtools-protocol';
import type { HeaderLine, RawAnswer, RawRequest, RawResponse } from './raw-server.ts';

export type CorsError = Protocol.Network.CorsError;

/** Where the playground's servers listen. The ports change from start to start. */
export interface Origins {
  /** The page's own origin: http://localhost:PORT. */
  readonly app: string;
  /** The API under the page's host name, so cross-origin but same-site: the page's cookie is sent to it. */
  readonly api: string;
  /** The same API at 127.0.0.1, so cross-site: Chromium marks a credentialed request with Sec-Fetch-Storage-Access. */
  readonly crossSiteApi: string;
  /** A third origin, for redirects and for allow-lists that name somebody else. */
  readonly other: string;
  /** Nothing listens here. */
  readonly closed: string;
  /** https, with a certificate that no authority signed. */
  readonly selfSigned: string;
  /** https, where a server speaks http. */
  readonly notTls: string;
  /** A host name that has no address. */
  readonly unknownHost: string;
}

/** For listing the entries, where no server runs. */
export const nowhere: Origins = {
  app: 'http://app', api: 'http://api', crossSiteApi: 'http://cross', other: 'http://other', closed: 'http://closed',
  selfSigned: 'https://self-signed', notTls: 'https://not-tls', unknownHost: 'http://unknown',
};

/** What the page does. Data only: the page receives it as JSON. The path is always `/` and the entry's id. */
export interface PageRequest {
  readonly kind: 'fetch' | 'xhr' | 'image' | 'font' | 'module script' | 'event-source' | 'beacon';
  /** Default: the API under the page's host name. */
  readonly to?: keyof Origins;
  /**
   * Default: the page itself. A host name is that of a frame at the app's port; `*.localhost` is always loopback.
   * A public frame is one that the browser treats as if it came from the internet.
   */
  readonly from?: 'sandboxed frame' | 'public frame' | `${string}.localhost`;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** For `fetch`, `xhr` (as withCredentials) and `event-source`; an element with a `crossorigin` attribute is anonymous. */
  readonly credentials?: 'include' | 'omit';
  readonly mode?: 'cors' | 'no-cors';
  /** The address space in which `fetch` is told to expect the server. */
  readonly targetAddressSpace?: 'local';
  /** The request is made that often, one after the other; the expectation is that of the last. Default: once. */
  readonly times?: number;
  /** The page gives up once this URL has answered. */
  readonly abortAfter?: string;
  /** A response header that the page's script tries to read. */
  readonly reads?: string;
  /** An image without the `crossorigin` attribute: a no-cors request. */
  readonly withoutCrossorigin?: boolean;
}

export type Answer = RawResponse | 'drop' | ((request: RawRequest) => RawAnswer | Promise<RawAnswer>);

/** What is served at one path: to a CORS-preflight request and to any other. */
export interface Responses {
  readonly preflight?: Answer;
  readonly response: Answer;
}

/** What the page's own script can tell. `header hidden`: the response is readable, the header it asked for is not. */
export type PageOutcome = 'readable' | 'blocked' | 'opaque' | 'header hidden' | 'aborted' | 'sent';

/** What the panel must report; the words are those of the contract's report. */
export interface Expectation {
  readonly outcome: 'allowed' | 'blocked' | 'failed' | 'unknown';
  /** Default: `readable` when allowed, otherwise `blocked`. */
  readonly page?: PageOutcome;
  /**
   * When blocked: Chromium's code and failed parameter (default: empty). When failed or unknown: the code under which
   * Chromium files a refusal that judged no response.
   */
  readonly code?: CorsError;
  readonly parameter?: string;
  /** Where several request headers are refused, the order of the browser's hash table decides which one it names. */
  readonly parameterAlternatives?: readonly string[];
  /** When blocked: the reason Firefox gives, without its digit. Left out where it is not known. */
  readonly firefox?: string;
  /** The other code that the evidence cannot rule out, because a blocked preflight hides the credentials mode. */
  readonly alternatives?: readonly CorsError[];
  /** Codes that would certainly block next. Left out where the entry is not about them. */
  readonly otherErrors?: readonly CorsError[];
  /** When failed: what the network stack says. */
  readonly netError?: string;
  /** Id of the cause that the panel must tell first, by what can be seen from outside. Required unless the outcome is allowed or unknown. */
  readonly cause?: string;
  /** What it may tell first instead, where a browser shows more or less of what happened than the other. */
  readonly orCause?: string;
  /** Ids of the causes that it must tell as well. */
  readonly alsoCauses?: readonly string[];
  /** Ids of the risks that the panel must name. Default: none. */
  readonly risks?: readonly string[];
  /** Default: null, no preflight. */
  readonly preflight?: 'network' | 'cache' | null;
  /** Default: cors. */
  readonly mode?: 'cors' | 'no-cors';
}

export interface Entry extends Responses {
  /** Unique; also the path at which the entry is served. */
  readonly id: string;
  readonly title: string;
  /** One line that teaches what happens here and why. */
  readonly explanation: string;
  readonly request: PageRequest;
  /** What is served at `/id/then`, where redirects of this entry lead. */
  readonly then?: Responses;
  readonly expect: Expectation;
}

export interface Theme {
  readonly title: string;
  readonly entries: (at: Origins) => readonly Entry[];
}

export const answer = (status: number, ...headers: readonly HeaderLine[]): RawResponse => ({
  status,
  headers: [['Content-Type', 'application/json'], ...headers],
  body: '{"hello":"world"}',
});
export const ok = (...headers: readonly HeaderLine[]): RawResponse => answer(200, ...headers);
export const noContent = (...headers: readonly HeaderLine[]): RawResponse => ({ status: 204, reason: 'No Content', headers });
export const redirect = (status: number, location: string, ...headers: readonly HeaderLine[]): RawResponse => ({
  status,
  headers: [['Location', location], ...headers],
});

export const allowOrigin = (value: string): HeaderLine => ['Access-Control-Allow-Origin', value];
export const allowCredentials = (value = 'true'): HeaderLine => ['Access-Control-Allow-Credentials', value];
export const allowMethods = (value: string): HeaderLine => ['Access-Control-Allow-Methods', value];
export const allowHeaders = (value: string): HeaderLine => ['Access-Control-Allow-Headers', value];
export const exposeHeaders = (value: string): HeaderLine => ['Access-Control-Expose-Headers', value];
export const maxAge = (seconds: string): HeaderLine => ['Access-Control-Max-Age', seconds];
export const varyOrigin: HeaderLine = ['Vary', 'Origin'];
