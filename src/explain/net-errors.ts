import { serializeOrigin } from '../fetch/origin.ts';
import { contains, get } from '../fetch/header-list.ts';
import { isLoopback, parseUrl } from '../fetch/url.ts';
import { type Exchange, lastHop } from '../exchange/exchange.ts';
import { elementCode, pastableOrigin } from './causes/paste.ts';
import { mdnPageOf } from './cors-errors.ts';
import type { Owner } from './owner.ts';
import { type Reading, fetchStandard, mdnDocs } from './reading.ts';

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
  /** Default: what there is about every connection that fails. */
  readonly reading?: Reading;
  /** The browsers' network errors that mean it; an entry that ends in `*` matches every error that begins so. */
  readonly netErrors: readonly string[];
  /** The beginnings of the sentences that Firefox's webRequest gives instead of a code, in English and lower case. */
  readonly words?: readonly string[];
  /** What else must be so for it to be this row; the exchange is null where only the error is known. */
  readonly applies?: (exchange: Exchange | null, netError: string) => boolean;
  /** What to change. */
  readonly fix?: (exchange: Exchange) => string;
  /** Text to paste where `fix` says so. Values get into it through `causes/paste.ts` only. */
  readonly code?: (exchange: Exchange) => string | null;
}

const everyReason = 'CORSDidNotSucceed';

const about = (mdn: string, spec: string): Reading => ({ mdn: `${mdnDocs}/${mdn}`, spec });
const connection: Reading = { mdn: mdnPageOf(everyReason), spec: `${fetchStandard}#concept-http-network-fetch` };
const certificates = 'https://www.rfc-editor.org/rfc/rfc9110#section-4.3.4';
const certificate = about('Web/Security/Defenses/Transport_Layer_Security', certificates);
const contentSecurityPolicy = about('Web/HTTP/Guides/CSP', 'https://w3c.github.io/webappsec-csp/#should-block-request');
const resourcePolicy = `${fetchStandard}#cross-origin-resource-policy-check`;
const redirections = about('Web/HTTP/Guides/Redirections', `${fetchStandard}#concept-http-redirect-fetch`);

/** The Content-Security-Policy directive that governs a load of this type. https://w3c.github.io/webappsec-csp/#effective-directive-for-a-request */
const directives: ReadonlyMap<string, string> = new Map([
  ['font', 'font-src'], ['image', 'img-src'], ['imageset', 'img-src'], ['script', 'script-src'], ['stylesheet', 'style-src'], ['media', 'media-src'],
]);

/** The origin that the page wanted to reach when it was stopped. */
const targetOf = (exchange: Exchange): string => {
  const { url, redirectedTo } = lastHop(exchange);
  return serializeOrigin(redirectedTo ?? url);
};

const isMixedContent = (exchange: Exchange | null): boolean =>
  exchange !== null && exchange.origin.startsWith('https:') && targetOf(exchange).startsWith('http:') && !isLoopback(parseUrl(targetOf(exchange))?.hostname ?? '');

const sendsResourcePolicy = (exchange: Exchange): boolean => {
  const { response } = lastHop(exchange);
  return response !== null && contains(response.headers, 'cross-origin-resource-policy');
};

/** Firefox ends what Opaque Response Blocking withholds with the error of an aborted request. */
function isOpaquelyBlocked(exchange: Exchange | null): boolean {
  const response = exchange && lastHop(exchange).response;
  return response != null && /^(image|imageset|media|script)$/.test(exchange?.type ?? '')
    && /^(text\/html|text\/plain|application\/json|text\/json|application\/xml|text\/xml)\s{0,9}(;|$)/i.test(get(response.headers, 'content-type') ?? '');
}

const openInTab = (exchange: Exchange): string => `Open ${targetOf(exchange)} in a tab of its own and look at its certificate.`;

/** Adding one is adding its row. The first row that matches is the kind. */
export const failures: readonly FailureRow[] = [
  {
    kind: 'orb', owner: 'api-server', everywhere: false, firefox: '',
    reading: about('Web/HTTP/Guides/MIME_types', `${fetchStandard}#concept-main-fetch`),
    netErrors: ['net::ERR_BLOCKED_BY_ORB', 'NS_BINDING_ABORTED'], applies: (exchange, netError) => netError === 'net::ERR_BLOCKED_BY_ORB' || isOpaquelyBlocked(exchange),
    summary: 'Opaque Response Blocking withheld a response of the wrong type. Usually an error page came back for an image or a script.',
    fix: () => 'Open the URL in a tab to see what comes back, and send the Content-Type that fits it.',
  },
  {
    kind: 'aborted', owner: 'client-code', everywhere: false, firefox: '',
    reading: about('Web/API/AbortController', `${fetchStandard}#fetch-controller-abort`),
    netErrors: ['net::ERR_ABORTED', 'NS_BINDING_ABORTED'],
    summary: 'the page aborted the request. Look for an AbortController, a timeout or a navigation.',
  },
  {
    kind: 'mixed-content', owner: 'page', everywhere: false, firefox: '',
    reading: about('Web/Security/Defenses/Mixed_content', 'https://w3c.github.io/webappsec-mixed-content/#should-block-fetch'),
    netErrors: ['NS_ERROR_CONTENT_BLOCKED*', 'net::ERR_BLOCKED_BY_CSP', 'net::ERR_BLOCKED_BY_CLIENT'], applies: isMixedContent,
    summary: 'an https page asked for an http URL, which browsers refuse as mixed content. Serve the API over https.',
    fix: (exchange) => `Request ${targetOf(exchange).replace('http:', 'https:')} in the client code, once the server speaks https.`,
    code: (exchange) => pastableOrigin(targetOf(exchange))?.replace('http:', 'https:') ?? null,
  },
  {
    kind: 'blocked-by-policy', owner: 'browser', everywhere: false, firefox: everyReason,
    netErrors: ['net::ERR_BLOCKED_BY_ADMINISTRATOR', 'net::ERR_BLOCKED_IN_INCOGNITO_BY_ADMINISTRATOR'],
    summary: 'a policy of whoever manages this browser blocked it. Ask them to allow the host.',
  },
  {
    kind: 'blocked-by-extension', owner: 'browser', everywhere: false, firefox: everyReason,
    netErrors: ['net::ERR_BLOCKED_BY_CLIENT', 'NS_ERROR_ABORT'],
    summary: 'something in this browser blocked it, usually an extension, perhaps Safe Browsing. Try again in a profile without extensions.',
    fix: () => 'Exempt the page in the ad blocker. For your users, let the page work without this request.',
  },
  {
    kind: 'safe-browsing', owner: 'browser', everywhere: false, firefox: everyReason,
    netErrors: ['NS_ERROR_MALWARE_URI', 'NS_ERROR_PHISHING_URI', 'NS_ERROR_UNWANTED_URI', 'NS_ERROR_HARMFUL_URI', 'NS_ERROR_HARMFULADDON_URI'],
    summary: 'Safe Browsing lists the URL as dangerous. If it is yours, look for what was put on the server, then ask for a review.',
  },
  {
    kind: 'tracking-protection', owner: 'browser', everywhere: false, firefox: everyReason,
    netErrors: ['NS_ERROR_TRACKING_URI', 'NS_ERROR_BLOCKED_URI', 'NS_ERROR_FINGERPRINTING_URI', 'NS_ERROR_CRYPTOMINING_URI', 'NS_ERROR_SOCIALTRACKING_URI', 'NS_ERROR_EMAILTRACKING_URI'],
    summary: 'tracking protection blocked it, since the host is on a list of trackers. Switch the protection off for this page to test, and serve what you need from your own host.',
  },
  {
    kind: 'local-network-access', owner: 'browser', everywhere: false, firefox: '',
    reading: about('Web/Security/Defenses/Local_network_access', 'https://wicg.github.io/local-network-access/'),
    netErrors: ['net::ERR_BLOCKED_BY_LOCAL_NETWORK_ACCESS_CHECKS', 'net::ERR_BLOCKED_BY_PRIVATE_NETWORK_ACCESS_CHECKS', 'net::ERR_INCONSISTENT_IP_ADDRESS_SPACE', 'NS_ERROR_LOCAL_NETWORK_ACCESS_DENIED'],
    summary: 'the page has no permission to reach the local network. Allow it in the address bar; no response header grants it.',
    fix: () => 'Serve the page over https, and let it pass the permission on to its frames.',
    code: () => '<iframe allow="local-network-access; local-network; loopback-network"></iframe>',
  },
  {
    kind: 'csp', owner: 'page', everywhere: false, firefox: '', reading: contentSecurityPolicy,
    netErrors: ['net::ERR_BLOCKED_BY_CSP'],
    summary: 'the page\'s own Content-Security-Policy blocked it. Add the server to connect-src on the page\'s server.',
    fix: (exchange) => `On the page's server, add ${targetOf(exchange)} to ${directives.get(exchange.type) ?? 'connect-src'} of Content-Security-Policy.`,
    code: (exchange) => pastableOrigin(targetOf(exchange)),
  },
  {
    kind: 'content-policy', owner: 'page', everywhere: false, firefox: '', reading: contentSecurityPolicy,
    netErrors: ['NS_ERROR_CONTENT_BLOCKED*'],
    summary: 'the page\'s Content-Security-Policy or an extension blocked it. The console names which.',
    fix: (exchange) => `If it is the policy, add ${targetOf(exchange)} to ${directives.get(exchange.type) ?? 'connect-src'} on the page's server.`,
    code: (exchange) => pastableOrigin(targetOf(exchange)),
  },
  {
    kind: 'coep', owner: 'page', everywhere: false, firefox: '',
    reading: about('Web/HTTP/Reference/Headers/Cross-Origin-Embedder-Policy', resourcePolicy),
    netErrors: ['net::ERR_BLOCKED_BY_RESPONSE*', 'NS_ERROR_DOM_COEP_FAILED', 'NS_ERROR_DOM_CORP_FAILED'], applies: (exchange) => exchange !== null && lastHop(exchange).response !== null && !sendsResourcePolicy(exchange),
    summary: 'the page sends Cross-Origin-Embedder-Policy, and the resource does not agree to be embedded. Send Cross-Origin-Resource-Policy: cross-origin on the resource.',
    fix: () => 'Ask for it with crossorigin if it has CORS headers, or send Cross-Origin-Embedder-Policy: credentialless on the page.',
    code: (exchange) => elementCode(exchange.type, lastHop(exchange).url, 'crossorigin '),
  },
  {
    kind: 'cross-origin-policy', owner: 'api-server', everywhere: false, firefox: '',
    reading: about('Web/HTTP/Guides/Cross-Origin_Resource_Policy', resourcePolicy),
    netErrors: ['net::ERR_BLOCKED_BY_RESPONSE*', 'NS_ERROR_DOM_CORP_FAILED', 'NS_ERROR_DOM_COEP_FAILED'],
    summary: 'Cross-Origin-Resource-Policy or Cross-Origin-Embedder-Policy withheld the response. Send Cross-Origin-Resource-Policy: cross-origin on the resource.',
  },
  {
    kind: 'dns', owner: 'network', everywhere: true, firefox: everyReason,
    netErrors: ['net::ERR_NAME_NOT_RESOLVED', 'net::ERR_NAME_RESOLUTION_FAILED', 'net::ERR_DNS_*', 'net::ERR_ICANN_NAME_COLLISION', 'NS_ERROR_UNKNOWN_HOST'],
    summary: 'the host name has no address. Check the spelling of the host, and your DNS or VPN.',
  },
  {
    kind: 'refused', owner: 'network', everywhere: true, firefox: everyReason,
    netErrors: ['net::ERR_CONNECTION_REFUSED', 'NS_ERROR_CONNECTION_REFUSED'],
    summary: 'nothing listens at that host and port. Start the server, or correct the port.',
  },
  {
    kind: 'reset', owner: 'network', everywhere: true, firefox: everyReason,
    netErrors: ['net::ERR_CONNECTION_RESET', 'net::ERR_CONNECTION_CLOSED', 'net::ERR_CONNECTION_ABORTED', 'net::ERR_EMPTY_RESPONSE', 'net::ERR_SOCKET_NOT_CONNECTED', 'NS_ERROR_NET_RESET', 'NS_ERROR_NET_INTERRUPT', 'NS_ERROR_NET_EMPTY_RESPONSE', 'NS_ERROR_NET_PARTIAL_TRANSFER'],
    summary: 'the server closed the connection without an answer. Look for a crash in the server\'s log.',
  },
  {
    kind: 'timeout', owner: 'network', everywhere: true, firefox: everyReason,
    netErrors: ['net::ERR_TIMED_OUT', 'net::ERR_CONNECTION_TIMED_OUT', 'NS_ERROR_NET_TIMEOUT*'],
    summary: 'the server did not answer in time. Check that it is reachable from this machine.',
  },
  {
    kind: 'offline', owner: 'network', everywhere: true, firefox: everyReason,
    netErrors: ['net::ERR_INTERNET_DISCONNECTED', 'NS_ERROR_OFFLINE'],
    summary: 'this machine is offline, or DevTools pretends that it is. Go online and try again.',
  },
  {
    kind: 'network-changed', owner: 'network', everywhere: true, firefox: everyReason,
    netErrors: ['net::ERR_NETWORK_CHANGED', 'net::ERR_NETWORK_IO_SUSPENDED'],
    summary: 'the connection to the network changed while the request was under way. Try again.',
  },
  {
    kind: 'unreachable', owner: 'network', everywhere: true, firefox: everyReason,
    netErrors: ['net::ERR_ADDRESS_UNREACHABLE', 'net::ERR_ADDRESS_INVALID', 'net::ERR_NETWORK_ACCESS_DENIED', 'net::ERR_CONNECTION_FAILED'],
    summary: 'no way leads from this machine to the server\'s address. Check the VPN, the firewall and the address.',
  },
  {
    kind: 'cert-expired', owner: 'api-server', everywhere: true, firefox: everyReason, reading: certificate,
    netErrors: ['net::ERR_CERT_DATE_INVALID', 'SEC_ERROR_EXPIRED_CERTIFICATE', 'SEC_ERROR_EXPIRED_ISSUER_CERTIFICATE', 'SEC_ERROR_INVALID_TIME', 'MOZILLA_PKIX_ERROR_NOT_YET_VALID_*'],
    words: ['peer’s certificate has expired', 'the certificate issuer’s certificate has expired', 'the server presented a certificate that is not yet valid', 'a certificate that is not yet valid was used'],
    summary: 'the server\'s certificate has expired, or is not valid yet. Renew it. If it is fresh, check the clock of this machine.',
    fix: openInTab,
  },
  {
    kind: 'cert-name-mismatch', owner: 'api-server', everywhere: true, firefox: everyReason, reading: certificate,
    netErrors: ['net::ERR_CERT_COMMON_NAME_INVALID', 'net::ERR_SSL_UNRECOGNIZED_NAME_ALERT', 'SSL_ERROR_BAD_CERT_DOMAIN', 'SSL_ERROR_UNRECOGNIZED_NAME_ALERT'],
    words: ['unable to communicate securely with peer: requested domain name does not match', 'ssl peer has no certificate for the requested dns name'],
    summary: 'the server\'s certificate is for another host name. Request the name that it is for, or get a certificate that names this host.',
    fix: openInTab,
  },
  {
    kind: 'cert-self-signed', owner: 'api-server', everywhere: true, firefox: everyReason, reading: certificate,
    netErrors: ['MOZILLA_PKIX_ERROR_SELF_SIGNED_CERT'],
    words: ['the certificate is not trusted because it is self-signed'],
    summary: 'the server\'s certificate is signed by itself. For a test, open the server in a tab and accept it; each port needs that again.',
    fix: (exchange) => `Open ${targetOf(exchange)} in a tab of its own and accept the certificate, or make one with mkcert.`,
  },
  {
    kind: 'cert-revoked', owner: 'api-server', everywhere: true, firefox: everyReason, reading: certificate,
    netErrors: ['net::ERR_CERT_REVOKED', 'SEC_ERROR_REVOKED_CERTIFICATE'],
    words: ['peer’s certificate has been revoked'],
    summary: 'the server\'s certificate was revoked. Get a new one, with a new key.',
  },
  {
    kind: 'cert-weak', owner: 'api-server', everywhere: true, firefox: everyReason, reading: certificate,
    netErrors: ['net::ERR_CERT_WEAK_*', 'SEC_ERROR_CERT_SIGNATURE_ALGORITHM_DISABLED', 'MOZILLA_PKIX_ERROR_INADEQUATE_KEY_SIZE', 'SSL_ERROR_WEAK_SERVER_CERT_KEY', 'net::ERR_SSL_WEAK_*'],
    words: ['the certificate was signed using a signature algorithm that is disabled', 'the server presented a certificate with a key size that is too small', 'the server certificate included a public key that was too weak'],
    summary: 'the server\'s certificate has a weak key or signature. Get one with SHA-256 and a key of 2048 bits or more.',
  },
  {
    kind: 'cert-valid-too-long', owner: 'api-server', everywhere: true, firefox: everyReason, reading: certificate,
    netErrors: ['net::ERR_CERT_VALIDITY_TOO_LONG', 'MOZILLA_PKIX_ERROR_VALIDITY_TOO_LONG'],
    summary: 'the server\'s certificate is valid for too long. Get one for a shorter time.',
  },
  {
    kind: 'cert-not-logged', owner: 'api-server', everywhere: true, firefox: everyReason,
    reading: about('Web/Security/Defenses/Certificate_Transparency', certificates),
    netErrors: ['net::ERR_CERTIFICATE_TRANSPARENCY_REQUIRED', 'MOZILLA_PKIX_ERROR_INSUFFICIENT_CERTIFICATE_TRANSPARENCY'],
    summary: 'the server\'s certificate is in no public log. Get one from an authority that logs its certificates.',
  },
  {
    kind: 'cert-intercepted', owner: 'network', everywhere: false, firefox: everyReason, reading: certificate,
    netErrors: ['net::ERR_CERT_KNOWN_INTERCEPTION_BLOCKED', 'MOZILLA_PKIX_ERROR_MITM_DETECTED', 'net::ERR_SSL_PINNED_KEY_NOT_IN_CERT_CHAIN', 'MOZILLA_PKIX_ERROR_KEY_PINNING_FAILURE'],
    words: ['the server uses key pinning'],
    summary: 'something between this browser and the server put in its own certificate: an antivirus, a company proxy or worse. Try another network.',
  },
  {
    kind: 'cert-unknown-authority', owner: 'api-server', everywhere: true, firefox: everyReason, reading: certificate,
    netErrors: ['net::ERR_CERT_AUTHORITY_INVALID', 'net::ERR_CERT_SYMANTEC_LEGACY', 'SEC_ERROR_UNKNOWN_ISSUER', 'SEC_ERROR_UNTRUSTED_*', 'SEC_ERROR_CA_CERT_INVALID', 'MOZILLA_PKIX_ERROR_CA_CERT_USED_AS_END_ENTITY', 'MOZILLA_PKIX_ERROR_ISSUER_NO_LONGER_TRUSTED'],
    words: ['peer’s certificate issuer is not recognized', 'peer’s certificate issuer has been marked as not trusted', 'peer’s certificate has been marked as not trusted', 'issuer certificate is invalid'],
    summary: 'this browser does not know who signed the server\'s certificate. It is signed by itself or by a private authority, or the server leaves out the intermediate certificate.',
    fix: (exchange) => `For a test, open ${targetOf(exchange)} in a tab of its own and accept the certificate; each port needs that again. For others, send the whole chain.`,
  },
  {
    kind: 'client-certificate', owner: 'network', everywhere: false, firefox: everyReason, reading: certificate,
    netErrors: ['net::ERR_SSL_CLIENT_AUTH_*', 'net::ERR_BAD_SSL_CLIENT_AUTH_CERT', 'SSL_ERROR_RX_CERTIFICATE_REQUIRED_ALERT', 'SSL_ERROR_BAD_CERT_ALERT'],
    words: ['ssl peer cannot verify your certificate'],
    summary: 'the server wants a certificate from this browser, which a preflight never shows. Open the server in a tab first, and let the server not ask for it on OPTIONS.',
  },
  {
    kind: 'not-tls', owner: 'client-code', everywhere: true, firefox: everyReason, reading: certificate,
    netErrors: ['net::ERR_SSL_PROTOCOL_ERROR', 'SSL_ERROR_RX_RECORD_TOO_LONG'],
    words: ['ssl received a record that exceeded the maximum permissible length'],
    summary: 'what answered does not speak TLS properly. Usually it is an http server: request it with http:, or correct the port.',
  },
  {
    kind: 'tls-version', owner: 'api-server', everywhere: true, firefox: everyReason, reading: certificate,
    netErrors: ['net::ERR_SSL_VERSION_OR_CIPHER_MISMATCH', 'net::ERR_SSL_OBSOLETE_*', 'SSL_ERROR_NO_CYPHER_OVERLAP', 'SSL_ERROR_UNSUPPORTED_VERSION', 'SSL_ERROR_PROTOCOL_VERSION_ALERT'],
    words: ['cannot communicate securely with peer: no common encryption algorithm', 'peer reports incompatible or unsupported protocol version', 'peer using unsupported version of security protocol'],
    summary: 'browser and server know no common version or cipher of TLS. Switch on TLS 1.2 or 1.3 on the server.',
  },
  {
    kind: 'cert-invalid', owner: 'api-server', everywhere: true, firefox: everyReason, reading: certificate,
    netErrors: ['net::ERR_CERT_*', 'SEC_ERROR_*', 'MOZILLA_PKIX_ERROR_*'],
    words: ['certificate type not approved', 'certificate key usage inadequate', 'peer’s certificate has an invalid signature', 'security library: improperly formatted der-encoded message'],
    summary: 'the server\'s certificate is not valid. Open the server\'s URL in a tab of its own and look at it.',
    fix: openInTab,
  },
  {
    kind: 'tls', owner: 'api-server', everywhere: true, firefox: everyReason, reading: certificate,
    netErrors: ['net::ERR_SSL_*', 'net::ERR_BAD_SSL_*', 'net::ERR_ECH_*', 'SSL_ERROR_*', 'NS_ERROR_NET_ON_TLS_*'],
    summary: 'the secure connection failed. Open the server\'s URL in a tab of its own and look at its certificate.',
    fix: openInTab,
  },
  {
    kind: 'unsafe-port', owner: 'client-code', everywhere: false, firefox: everyReason,
    reading: { ...connection, spec: `${fetchStandard}#block-bad-port` },
    netErrors: ['net::ERR_UNSAFE_PORT', 'NS_ERROR_PORT_ACCESS_NOT_ALLOWED'],
    summary: 'browsers do not connect to that port. Move the server to another one.',
  },
  {
    kind: 'redirect-loop', owner: 'api-server', everywhere: false, firefox: everyReason, reading: redirections,
    netErrors: ['net::ERR_TOO_MANY_REDIRECTS', 'NS_ERROR_REDIRECT_LOOP'],
    summary: 'the server redirected more than 20 times. Request the final URL.',
  },
  {
    kind: 'redirect', owner: 'api-server', everywhere: false, firefox: everyReason, reading: redirections,
    netErrors: ['net::ERR_INVALID_REDIRECT', 'net::ERR_UNSAFE_REDIRECT', 'net::ERR_UNKNOWN_URL_SCHEME', 'net::ERR_DISALLOWED_URL_SCHEME', 'NS_ERROR_CORRUPTED_CONTENT', 'NS_ERROR_UNKNOWN_PROTOCOL'],
    summary: 'the server redirected to a URL that the browser does not go to.',
  },
  {
    kind: 'not-in-cache', owner: 'client-code', everywhere: false, firefox: everyReason,
    reading: about('Web/API/Request/cache', `${fetchStandard}#concept-request-cache-mode`),
    netErrors: ['net::ERR_CACHE_MISS', 'NS_ERROR_DOCUMENT_NOT_CACHED'],
    summary: 'the script asked for a cached copy only, and there is none. Look for cache: "only-if-cached".',
  },
  {
    kind: 'too-many-requests-at-once', owner: 'client-code', everywhere: false, firefox: everyReason,
    netErrors: ['net::ERR_INSUFFICIENT_RESOURCES'],
    summary: 'the page has more requests under way than the browser keeps. Send them one after the other.',
  },
  {
    kind: 'upload-changed', owner: 'client-code', everywhere: false, firefox: everyReason,
    netErrors: ['net::ERR_UPLOAD_FILE_CHANGED', 'net::ERR_FILE_NOT_FOUND', 'NS_ERROR_FILE_NOT_FOUND'],
    summary: 'a file that was to be sent has changed or gone since it was chosen. Choose it again.',
  },
  {
    kind: 'bad-response', owner: 'api-server', everywhere: true, firefox: everyReason,
    netErrors: ['net::ERR_INVALID_*', 'net::ERR_HTTP2_*', 'net::ERR_QUIC_*', 'net::ERR_CONTENT_*', 'net::ERR_INCOMPLETE_*', 'net::ERR_RESPONSE_HEADERS_*', 'NS_ERROR_NET_INADEQUATE_SECURITY', 'NS_ERROR_INVALID_CONTENT_ENCODING', 'NS_ERROR_NET_HTTP2_*'],
    summary: 'the response broke the rules of HTTP. Look at what the server or a proxy in front of it sends.',
  },
  {
    kind: 'proxy', owner: 'proxy', everywhere: true, firefox: everyReason,
    reading: { ...connection, mdn: `${mdnDocs}/Web/HTTP/Guides/Proxy_servers_and_tunneling` },
    netErrors: ['net::ERR_PROXY_*', 'net::ERR_TUNNEL_*', 'net::ERR_SOCKS_*', 'NS_ERROR_PROXY_*', 'NS_ERROR_UNKNOWN_PROXY_HOST'],
    summary: 'the proxy of this machine failed. Check the proxy settings.',
  },
];

/** What to read about a failure. */
export const readingAbout = ({ reading = connection }: FailureRow): Reading => reading;

const other: FailureRow = { kind: 'other', owner: 'network', everywhere: false, firefox: everyReason, netErrors: [], summary: 'the connection failed.' };

/**
 * What a network error means, as far as the exchange shows it. Firefox's webRequest names the errors of TLS by a
 * sentence in the browser's language and all others by a code, so an unknown sentence is about TLS.
 * https://searchfox.org/mozilla-central/source/toolkit/components/extensions/webrequest/ChannelWrapper.cpp
 */
export function failureOf(reported: string, exchange: Exchange | null = null): FailureRow {
  const netError = wrapped.exec(reported)?.[1] ?? reported;
  const isSentence = netError.includes(' ');
  const words = isSentence ? netError.slice(0, longestWords).toLowerCase().replaceAll('\'', '’') : '';
  const row = failures.find(({ netErrors, words: begins = [], applies }) =>
    (isSentence ? begins.some((beginning) => words.startsWith(beginning)) : netErrors.some((pattern) => matches(pattern, netError)))
    && (applies === undefined || applies(exchange, netError)));
  return row ?? (isSentence ? tls : other);
}

const matches = (pattern: string, netError: string): boolean => (pattern.endsWith('*') ? netError.startsWith(pattern.slice(0, -1)) : netError === pattern);
/** What has neither a sentence nor a name of its own. */
const wrapped = /^NS_ERROR_GENERATE_FAILURE\(NS_ERROR_MODULE_SECURITY, (\w{1,100})\)$/;
const longestWords = Math.max(...failures.flatMap(({ words = [] }) => words.map(({ length }) => length)));
const tls = failures.find(({ kind }) => kind === 'tls') ?? other;
