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
