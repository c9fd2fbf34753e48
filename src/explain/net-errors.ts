import type { Owner } from './owner.ts';

/** Why a request failed that never got as far as a CORS verdict. */
export interface FailureRow {
  readonly kind: string;
  readonly owner: Owner;
  /** What happened and what to do, after "This is not CORS: ". */
  readonly summary: string;
  /** Whether any browser would have failed so: the network or the server is the cause. */
  readonly everywhere: boolean;
  /** Firefox's CORS reason for it, as MDN lists them; empty: it gives none. */
  readonly firefox: 'CORSDidNotSucceed' | '';
  /** The browsers' network errors that mean it; an entry that ends in `*` matches every error that begins so. */
  readonly netErrors: readonly string[];
}

/** Adding one is adding its row. The first row that matches is the kind. */
export const failures: readonly FailureRow[] = [
  {
    kind: 'aborted', owner: 'client-code', everywhere: false, firefox: '',
    netErrors: ['net::ERR_ABORTED', 'NS_BINDING_ABORTED'],
    summary: 'the page aborted the request. Look for an AbortController, a timeout or a navigation.',
  },
  {
    kind: 'blocked-by-extension', owner: 'browser', everywhere: false, firefox: 'CORSDidNotSucceed',
    netErrors: ['net::ERR_BLOCKED_BY_CLIENT', 'net::ERR_BLOCKED_BY_ADMINISTRATOR'],
    summary: 'something in this browser blocked it, an extension or a policy. Try again in a profile without extensions.',
  },
  {
    kind: 'local-network-access', owner: 'browser', everywhere: false, firefox: '',
    netErrors: ['net::ERR_BLOCKED_BY_LOCAL_NETWORK_ACCESS_CHECKS', 'net::ERR_INCONSISTENT_IP_ADDRESS_SPACE'],
    summary: 'the page has no permission to reach the local network. Allow it in the address bar; no response header grants it.',
  },
  {
    kind: 'csp', owner: 'page', everywhere: false, firefox: '',
    netErrors: ['net::ERR_BLOCKED_BY_CSP'],
    summary: 'the page\'s own Content-Security-Policy blocked it. Add the server to connect-src on the page\'s server.',
  },
  {
    kind: 'orb', owner: 'api-server', everywhere: false, firefox: '',
    netErrors: ['net::ERR_BLOCKED_BY_ORB'],
    summary: 'Opaque Response Blocking withheld a response of the wrong type. Usually an error page came back for an image or a script.',
  },
  {
    kind: 'cross-origin-policy', owner: 'api-server', everywhere: false, firefox: '',
    netErrors: ['net::ERR_BLOCKED_BY_RESPONSE*', 'NS_ERROR_DOM_CORP_FAILED'],
    summary: 'Cross-Origin-Resource-Policy or Cross-Origin-Embedder-Policy withheld the response. Send Cross-Origin-Resource-Policy: cross-origin on the resource.',
  },
  {
    kind: 'dns', owner: 'network', everywhere: true, firefox: 'CORSDidNotSucceed',
    netErrors: ['net::ERR_NAME_NOT_RESOLVED', 'net::ERR_NAME_RESOLUTION_FAILED', 'net::ERR_DNS_*', 'NS_ERROR_UNKNOWN_HOST'],
    summary: 'the host name has no address. Check the spelling of the host, and your DNS or VPN.',
  },
  {
    kind: 'refused', owner: 'network', everywhere: true, firefox: 'CORSDidNotSucceed',
    netErrors: ['net::ERR_CONNECTION_REFUSED', 'NS_ERROR_CONNECTION_REFUSED'],
    summary: 'nothing listens at that host and port. Start the server, or correct the port.',
  },
  {
    kind: 'reset', owner: 'network', everywhere: true, firefox: 'CORSDidNotSucceed',
    netErrors: ['net::ERR_CONNECTION_RESET', 'net::ERR_CONNECTION_CLOSED', 'net::ERR_CONNECTION_ABORTED', 'net::ERR_EMPTY_RESPONSE', 'net::ERR_SOCKET_NOT_CONNECTED', 'NS_ERROR_NET_RESET', 'NS_ERROR_NET_EMPTY_RESPONSE'],
    summary: 'the server closed the connection without an answer. Look for a crash in the server\'s log.',
  },
  {
    kind: 'timeout', owner: 'network', everywhere: true, firefox: 'CORSDidNotSucceed',
    netErrors: ['net::ERR_TIMED_OUT', 'net::ERR_CONNECTION_TIMED_OUT', 'NS_ERROR_NET_TIMEOUT'],
    summary: 'the server did not answer in time. Check that it is reachable from this machine.',
  },
  {
    kind: 'offline', owner: 'network', everywhere: true, firefox: 'CORSDidNotSucceed',
    netErrors: ['net::ERR_INTERNET_DISCONNECTED', 'net::ERR_NETWORK_CHANGED', 'net::ERR_ADDRESS_UNREACHABLE', 'net::ERR_NETWORK_ACCESS_DENIED', 'NS_ERROR_OFFLINE'],
    summary: 'this machine had no connection to the server\'s network. Go online and try again.',
  },
  {
    kind: 'tls', owner: 'api-server', everywhere: true, firefox: 'CORSDidNotSucceed',
    netErrors: ['net::ERR_CERT_*', 'net::ERR_SSL_*', 'net::ERR_BAD_SSL_*', 'SEC_ERROR_*', 'SSL_ERROR_*', 'MOZILLA_PKIX_ERROR_*'],
    summary: 'the secure connection failed. Open the server\'s URL in a tab of its own and look at its certificate.',
  },
  {
    kind: 'unsafe-port', owner: 'client-code', everywhere: false, firefox: 'CORSDidNotSucceed',
    netErrors: ['net::ERR_UNSAFE_PORT', 'NS_ERROR_PORT_ACCESS_NOT_ALLOWED'],
    summary: 'browsers do not connect to that port. Move the server to another one.',
  },
  {
    kind: 'redirect-loop', owner: 'api-server', everywhere: false, firefox: 'CORSDidNotSucceed',
    netErrors: ['net::ERR_TOO_MANY_REDIRECTS', 'NS_ERROR_REDIRECT_LOOP'],
    summary: 'the server redirected more than 20 times. Request the final URL.',
  },
  {
    kind: 'redirect', owner: 'api-server', everywhere: false, firefox: 'CORSDidNotSucceed',
    netErrors: ['net::ERR_INVALID_REDIRECT', 'net::ERR_UNSAFE_REDIRECT', 'net::ERR_UNKNOWN_URL_SCHEME', 'NS_ERROR_CORRUPTED_CONTENT'],
    summary: 'the server redirected to a URL that the browser does not go to.',
  },
  {
    kind: 'bad-response', owner: 'api-server', everywhere: true, firefox: 'CORSDidNotSucceed',
    netErrors: ['net::ERR_INVALID_*', 'net::ERR_HTTP2_*', 'net::ERR_QUIC_*', 'net::ERR_CONTENT_*', 'net::ERR_INCOMPLETE_*', 'net::ERR_RESPONSE_HEADERS_*', 'NS_ERROR_NET_INADEQUATE_SECURITY', 'NS_ERROR_INVALID_CONTENT_ENCODING'],
    summary: 'the response broke the rules of HTTP. Look at what the server or a proxy in front of it sends.',
  },
  {
    kind: 'proxy', owner: 'proxy', everywhere: true, firefox: 'CORSDidNotSucceed',
    netErrors: ['net::ERR_PROXY_*', 'net::ERR_TUNNEL_*', 'NS_ERROR_PROXY_*', 'NS_ERROR_UNKNOWN_PROXY_HOST'],
    summary: 'the proxy of this machine failed. Check the proxy settings.',
  },
];

const other: FailureRow = { kind: 'other', owner: 'network', everywhere: false, firefox: 'CORSDidNotSucceed', netErrors: [], summary: 'the connection failed.' };

export const failureOf = (netError: string): FailureRow =>
  failures.find((row) => row.netErrors.some((pattern) =>
    pattern.endsWith('*') ? netError.startsWith(pattern.slice(0, -1)) : netError === pattern)) ?? other;
