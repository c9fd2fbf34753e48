import type { HeaderList } from './header-list.ts';

/** `same-origin` on a cross-origin URL is `omit`: no check tells the two apart. https://fetch.spec.whatwg.org/#concept-request-credentials-mode */
export type CredentialsMode = 'include' | 'omit';

/** https://fetch.spec.whatwg.org/#concept-request-redirect-mode */
export type RedirectMode = 'follow' | 'error' | 'manual';

/** What the CORS checks need to know of a request. https://fetch.spec.whatwg.org/#cors-request */
export interface CorsRequest {
  /** The byte-serialised request origin: what its `Origin` header says. */
  readonly origin: string;
  readonly credentials: CredentialsMode;
}

/** What a CORS-preflight fetch needs beside that. https://fetch.spec.whatwg.org/#cors-preflight-fetch-0 */
export interface PreflightedRequest extends CorsRequest {
  readonly method: string;
  /** Its CORS-unsafe request-header names, byte-lowercase, in the order in which the browser names missing ones. */
  readonly unsafeHeaderNames: readonly string[];
  /** Unless stated otherwise it is follow. */
  readonly redirect?: RedirectMode;
}

/** What the CORS checks need to know of a response. */
export interface CorsResponse {
  readonly status: number;
  readonly headers: HeaderList;
}
