import { describe, expect, it } from 'vitest';
import { browserProfiles } from '../../src/fetch/browser-profile.ts';
import { diagnose } from '../../src/explain/diagnosis.ts';
import { failureOf, failures } from '../../src/explain/net-errors.ts';
import { type Story, exchangeOf } from './story.ts';

const kinds: readonly (readonly [netError: string, kind: string])[] = [
  ['net::ERR_ABORTED', 'aborted'], ['NS_BINDING_ABORTED', 'aborted'],
  ['net::ERR_BLOCKED_BY_CLIENT', 'blocked-by-extension'], ['NS_ERROR_ABORT', 'blocked-by-extension'], ['net::ERR_BLOCKED_BY_ADMINISTRATOR', 'blocked-by-policy'],
  ['NS_ERROR_PHISHING_URI', 'safe-browsing'], ['NS_ERROR_MALWARE_URI', 'safe-browsing'], ['NS_ERROR_TRACKING_URI', 'tracking-protection'],
  ['net::ERR_BLOCKED_BY_LOCAL_NETWORK_ACCESS_CHECKS', 'local-network-access'], ['net::ERR_INCONSISTENT_IP_ADDRESS_SPACE', 'local-network-access'], ['NS_ERROR_LOCAL_NETWORK_ACCESS_DENIED', 'local-network-access'],
  ['net::ERR_BLOCKED_BY_CSP', 'csp'], ['NS_ERROR_CONTENT_BLOCKED', 'content-policy'],
  ['net::ERR_BLOCKED_BY_ORB', 'orb'],
  ['net::ERR_BLOCKED_BY_RESPONSE', 'cross-origin-policy'], ['net::ERR_BLOCKED_BY_RESPONSE.NotSameOrigin', 'cross-origin-policy'], ['NS_ERROR_DOM_CORP_FAILED', 'cross-origin-policy'],
  ['net::ERR_NAME_NOT_RESOLVED', 'dns'], ['net::ERR_DNS_TIMED_OUT', 'dns'], ['NS_ERROR_UNKNOWN_HOST', 'dns'],
  ['net::ERR_CONNECTION_REFUSED', 'refused'], ['NS_ERROR_CONNECTION_REFUSED', 'refused'],
  ['net::ERR_CONNECTION_RESET', 'reset'], ['net::ERR_EMPTY_RESPONSE', 'reset'], ['NS_ERROR_NET_RESET', 'reset'], ['NS_ERROR_NET_EMPTY_RESPONSE', 'reset'],
  ['net::ERR_TIMED_OUT', 'timeout'], ['net::ERR_CONNECTION_TIMED_OUT', 'timeout'], ['NS_ERROR_NET_TIMEOUT', 'timeout'],
  ['net::ERR_INTERNET_DISCONNECTED', 'offline'], ['NS_ERROR_OFFLINE', 'offline'],
  ['net::ERR_NETWORK_CHANGED', 'network-changed'], ['net::ERR_ADDRESS_UNREACHABLE', 'unreachable'],
  ['net::ERR_CERT_DATE_INVALID', 'cert-expired'], ['SEC_ERROR_EXPIRED_CERTIFICATE', 'cert-expired'], ['MOZILLA_PKIX_ERROR_NOT_YET_VALID_CERTIFICATE', 'cert-expired'], ['Peer’s Certificate has expired.', 'cert-expired'],
  ['net::ERR_CERT_COMMON_NAME_INVALID', 'cert-name-mismatch'], ['SSL_ERROR_BAD_CERT_DOMAIN', 'cert-name-mismatch'],
  ['Unable to communicate securely with peer: requested domain name does not match the server’s certificate.', 'cert-name-mismatch'],
  ['MOZILLA_PKIX_ERROR_SELF_SIGNED_CERT', 'cert-self-signed'], ['The certificate is not trusted because it is self-signed.', 'cert-self-signed'],
  ['net::ERR_CERT_REVOKED', 'cert-revoked'], ['SEC_ERROR_REVOKED_CERTIFICATE', 'cert-revoked'], ['Peer\'s certificate has been revoked.', 'cert-revoked'],
  ['net::ERR_CERT_WEAK_SIGNATURE_ALGORITHM', 'cert-weak'], ['net::ERR_CERT_WEAK_KEY', 'cert-weak'], ['MOZILLA_PKIX_ERROR_INADEQUATE_KEY_SIZE', 'cert-weak'], ['SEC_ERROR_CERT_SIGNATURE_ALGORITHM_DISABLED', 'cert-weak'],
  ['The certificate was signed using a signature algorithm that is disabled because it is not secure.', 'cert-weak'],
  ['net::ERR_CERT_VALIDITY_TOO_LONG', 'cert-valid-too-long'],
  ['net::ERR_CERTIFICATE_TRANSPARENCY_REQUIRED', 'cert-not-logged'], ['MOZILLA_PKIX_ERROR_INSUFFICIENT_CERTIFICATE_TRANSPARENCY', 'cert-not-logged'],
  ['net::ERR_CERT_KNOWN_INTERCEPTION_BLOCKED', 'cert-intercepted'], ['MOZILLA_PKIX_ERROR_MITM_DETECTED', 'cert-intercepted'],
  ['net::ERR_CERT_AUTHORITY_INVALID', 'cert-unknown-authority'], ['SEC_ERROR_UNKNOWN_ISSUER', 'cert-unknown-authority'], ['Peer’s Certificate issuer is not recognized.', 'cert-unknown-authority'],
  ['net::ERR_SSL_CLIENT_AUTH_CERT_NEEDED', 'client-certificate'], ['net::ERR_BAD_SSL_CLIENT_AUTH_CERT', 'client-certificate'],
  ['NS_ERROR_GENERATE_FAILURE(NS_ERROR_MODULE_SECURITY, SSL_ERROR_RX_CERTIFICATE_REQUIRED_ALERT)', 'client-certificate'],
  ['net::ERR_SSL_PROTOCOL_ERROR', 'not-tls'], ['SSL received a record that exceeded the maximum permissible length.', 'not-tls'],
  ['net::ERR_SSL_VERSION_OR_CIPHER_MISMATCH', 'tls-version'], ['SSL_ERROR_NO_CYPHER_OVERLAP', 'tls-version'], ['Peer reports incompatible or unsupported protocol version.', 'tls-version'],
  ['net::ERR_CERT_INVALID', 'cert-invalid'], ['net::ERR_CERT_NAME_CONSTRAINT_VIOLATION', 'cert-invalid'], ['SEC_ERROR_BAD_DER', 'cert-invalid'], ['Certificate type not approved for application.', 'cert-invalid'],
  ['net::ERR_SSL_DECRYPT_ERROR_ALERT', 'tls'], ['SSL_ERROR_HANDSHAKE_FAILURE_ALERT', 'tls'], ['Das Zertifikat der Gegenstelle ist abgelaufen.', 'tls'],
  ['net::ERR_UNSAFE_PORT', 'unsafe-port'], ['NS_ERROR_PORT_ACCESS_NOT_ALLOWED', 'unsafe-port'],
  ['net::ERR_TOO_MANY_REDIRECTS', 'redirect-loop'], ['NS_ERROR_REDIRECT_LOOP', 'redirect-loop'],
  ['net::ERR_UNSAFE_REDIRECT', 'redirect'], ['net::ERR_INVALID_REDIRECT', 'redirect'], ['NS_ERROR_CORRUPTED_CONTENT', 'redirect'],
  ['net::ERR_CACHE_MISS', 'not-in-cache'], ['net::ERR_INSUFFICIENT_RESOURCES', 'too-many-requests-at-once'], ['net::ERR_UPLOAD_FILE_CHANGED', 'upload-changed'],
  ['net::ERR_INVALID_HTTP_RESPONSE', 'bad-response'], ['net::ERR_HTTP2_PROTOCOL_ERROR', 'bad-response'], ['net::ERR_INCOMPLETE_CHUNKED_ENCODING', 'bad-response'],
  ['net::ERR_PROXY_CONNECTION_FAILED', 'proxy'], ['net::ERR_TUNNEL_CONNECTION_FAILED', 'proxy'],
  ['net::ERR_SOMETHING_NEW', 'other'], ['net::ERR_CONNECTION_REFUSED_AGAIN', 'other'], ['NS_ERROR_TRACKING', 'other'], ['', 'other'],
];

const http = 'http://api.example/a';
const resourcePolicy = 'Cross-Origin-Resource-Policy: same-origin';

/** What takes more than the error to tell. */
const seen: readonly { readonly name: string; readonly story: Story; readonly kind: string }[] = [
  { name: 'an http URL on an https page', story: { hops: [{ url: http, sent: null }], end: 'NS_ERROR_CONTENT_BLOCKED' }, kind: 'mixed-content' },
  { name: 'a redirect from https to http', story: { hops: [{ answer: [302, `Location: ${http}`], to: http }], end: 'net::ERR_BLOCKED_BY_CSP' }, kind: 'mixed-content' },
  { name: 'http on this machine, which is no mixed content', story: { hops: [{ url: 'http://127.0.0.1:3000/a', sent: null }], end: 'NS_ERROR_CONTENT_BLOCKED' }, kind: 'content-policy' },
  { name: 'http on this machine by another name', story: { hops: [{ url: 'http://api.localhost:3000/a', sent: null }], end: 'NS_ERROR_CONTENT_BLOCKED' }, kind: 'content-policy' },
  { name: 'an http URL on an http page', story: { origin: 'http://app.example', hops: [{ url: http, sent: null }], end: 'NS_ERROR_CONTENT_BLOCKED' }, kind: 'content-policy' },
  { name: 'a resource that says nothing, under the page\'s embedder policy', story: { type: 'image', hops: [{ sentOrigin: null, answer: [200] }], end: 'net::ERR_BLOCKED_BY_RESPONSE' }, kind: 'coep' },
  { name: 'the same in Firefox', story: { type: 'image', hops: [{ sentOrigin: null, answer: [200] }], end: 'NS_ERROR_DOM_CORP_FAILED' }, kind: 'coep' },
  { name: 'a web page for an image, in Firefox', story: { type: 'image', hops: [{ sentOrigin: null, answer: [200, 'Content-Type: text/html'] }], end: 'NS_BINDING_ABORTED' }, kind: 'orb' },
  { name: 'an image that the page gave up', story: { type: 'image', hops: [{ sentOrigin: null, answer: [200, 'Content-Type: image/png'] }], end: 'NS_BINDING_ABORTED' }, kind: 'aborted' },
  { name: 'data that the page gave up', story: { hops: [{ answer: [200, 'Content-Type: application/json'] }], end: 'NS_BINDING_ABORTED' }, kind: 'aborted' },
  { name: 'a resource that refuses', story: { type: 'image', hops: [{ sentOrigin: null, answer: [200, resourcePolicy] }], end: 'net::ERR_BLOCKED_BY_RESPONSE' }, kind: 'cross-origin-policy' },
];

describe('network errors that are not CORS', () => {
  it.each(kinds)('%s is %s', (netError, kind) => {
    expect(failureOf(netError).kind).toBe(kind);
    const exchange = exchangeOf({ hops: [{ sent: null }], end: netError as `net::${string}` });
    const { outcome, failure, causes } = diagnose(exchange, browserProfiles.chromium);
    expect({ outcome, kind: failure?.kind, netError: failure?.netError }).toEqual({ outcome: 'failed', kind, netError });
    expect(causes).toEqual([{
      id: kind, owner: failureOf(netError).owner, summary: expect.stringMatching(/^This is not CORS: \S.*\.$/), short: null,
      evidence: netError === '' ? expect.any(String) : netError, fix: failure?.fix, code: failure?.code,
    }]);
  });

  it.each(seen)('$name is $kind', ({ story, kind }) => {
    const { outcome, failure } = diagnose(exchangeOf(story), story.end?.startsWith('NS_') ? browserProfiles.firefox : browserProfiles.chromium);
    expect({ outcome, kind: failure?.kind }).toEqual({ outcome: 'failed', kind });
  });

  it('name the exact token that the page\'s policy lacks', () => {
    const fixOf = (type: string) => diagnose(exchangeOf({ type, hops: [{ sent: null }], end: 'net::ERR_BLOCKED_BY_CSP' }), browserProfiles.chromium).failure?.fix;
    expect(fixOf('xmlhttprequest')).toBe('On the page\'s server, add https://api.example to connect-src of Content-Security-Policy.');
    expect(fixOf('font')).toContain('to font-src of');
  });

  const codes: readonly (readonly [name: string, story: Story, code: string | null])[] = [
    ['the token that the page\'s policy lacks', { hops: [{ url: 'https://api.example:8443/a?b', sent: null }], end: 'net::ERR_BLOCKED_BY_CSP' }, 'https://api.example:8443'],
    ['no token that would be a directive of its own', { hops: [{ url: "https://a;script-src*'unsafe-inline'.example/", sent: null }], end: 'net::ERR_BLOCKED_BY_CSP' }, null],
    ['the same server over https', { hops: [{ url: 'http://api.example/a', sent: null }], end: 'NS_ERROR_CONTENT_BLOCKED' }, 'https://api.example'],
    ['an image that asks with CORS', { type: 'image', hops: [{ url: 'https://cdn.example/a?b=1&c=2', sentOrigin: null, answer: [200] }], end: 'net::ERR_BLOCKED_BY_RESPONSE.NotSameOriginAfterDefaultedToSameOriginByCoep' }, '<img crossorigin src="https://cdn.example/a?b=1&amp;c=2">'],
    ['a frame that may reach the local network', { hops: [{ sent: null }], end: 'net::ERR_BLOCKED_BY_LOCAL_NETWORK_ACCESS_CHECKS' }, '<iframe allow="local-network-access; local-network; loopback-network"></iframe>'],
    ['nothing where there is nothing to paste', { hops: [{ sent: null }], end: 'net::ERR_NAME_NOT_RESOLVED' }, null],
  ];
  it.each(codes)('come with text to paste: %s', (_, story, code) => {
    expect(diagnose(exchangeOf(story), browserProfiles.chromium).failure?.code).toBe(code);
  });

  it('have a case for every kind', () => {
    const covered = new Set([...kinds.map(([, kind]) => kind), ...seen.map(({ kind }) => kind)]);
    expect(failures.map(({ kind }) => kind).filter((kind) => !covered.has(kind)), 'add a network error of each of these kinds to one of the lists above').toEqual([]);
    expect(failures.filter(({ kind }, index) => failures.findIndex((row) => row.kind === kind) !== index), 'a kind is one row').toEqual([]);
  });

  it('are described in sentences', () => {
    const exchange = exchangeOf({ hops: [{ sent: null }] });
    for (const { summary, fix } of failures) {
      expect(summary).toMatch(/^[A-Za-z].*\.$/);
      expect(summary).not.toMatch(/ {2}/);
      if (fix) expect(fix(exchange)).toMatch(/^[A-Z].*\.$/);
    }
  });
});
