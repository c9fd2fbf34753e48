import { allowCredentialsTheme } from './entries/allow-credentials.ts';
import { allowOriginTheme } from './entries/allow-origin.ts';
import { allowedTheme } from './entries/allowed.ts';
import { causesTheme } from './entries/causes.ts';
import { dangerousTheme } from './entries/dangerous.ts';
import { elementsTheme } from './entries/elements.ts';
import { localNetworkTheme } from './entries/local-network.ts';
import { methodsAndHeadersTheme } from './entries/methods-and-headers.ts';
import { onlySeemsSoTheme } from './entries/only-seems-so.ts';
import { opaqueOriginsTheme } from './entries/opaque-origins.ts';
import { preflightTheme } from './entries/preflight.ts';
import { redirectsTheme } from './entries/redirects.ts';
import type { CorsError, Theme } from './entry.ts';

/** In the order in which the page teaches them. */
export const themes: readonly Theme[] = [
  allowOriginTheme,
  allowCredentialsTheme,
  preflightTheme,
  methodsAndHeadersTheme,
  redirectsTheme,
  allowedTheme,
  onlySeemsSoTheme,
  causesTheme,
  opaqueOriginsTheme,
  elementsTheme,
  localNetworkTheme,
  dangerousTheme,
];

/** The codes that no entry shows, each with the reason why HTTP on loopback cannot show it. */
export const notOnLoopback: ReadonlyMap<CorsError, string> = new Map<CorsError, string>([
  ['DisallowedByMode', 'The renderer refuses `mode: \'same-origin\'` before there is a request, and cancels one that is redirected.'],
  ['NoCorsRedirectModeNotFollow', 'The renderer refuses `mode: \'no-cors\'` with another redirect mode than `follow` before there is a request.'],
  ['InvalidResponse', 'No browser of today produces it.'],
  ['PreflightMissingAllowExternal', 'It belonged to a draft of the local network checks that no browser of today follows.'],
  ['PreflightInvalidAllowExternal', 'It belonged to a draft of the local network checks that no browser of today follows.'],
  ['InsecureLocalNetwork', 'It takes a page that is no secure context, and every page from loopback is one.'],
]);

const host = 'It is known by a host name that cannot lead to this machine.';
const network = 'It takes a network that this machine does not have, or a browser that is set up otherwise.';
const certificate = 'It takes an authority that the browser trusts and that signed a certificate of this kind.';
const session = 'It takes a server of which nothing else is seen, and the entries share theirs.';

/** The causes that no entry shows, each with the reason. */
export const causesNotOnLoopback: ReadonlyMap<string, string> = new Map<string, string>([
  ...['guarded-preview', 'cloud-run-refused', 'edge-function-without-options', 'preview-page'].map((id) => [id, host] as const),
  ...['cert-expired', 'cert-name-mismatch', 'cert-revoked', 'cert-weak', 'cert-valid-too-long', 'cert-not-logged', 'cert-intercepted', 'cert-invalid', 'client-certificate', 'tls', 'tls-version']
    .map((id) => [id, certificate] as const),
  ...['blocked-by-policy', 'blocked-by-extension', 'safe-browsing', 'tracking-protection', 'timeout', 'offline', 'network-changed', 'unreachable', 'proxy', 'not-in-cache', 'too-many-requests-at-once', 'upload-changed', 'bad-response', 'extension-rewrites-headers']
    .map((id) => [id, network] as const),
  ...['only-errors-lack-headers', 'only-preflights-lack-headers', 'only-preflights-have-headers', 'works-elsewhere-on-server', 'allowed-for-another-origin'].map((id) => [id, session] as const),
  ['mixed-content', 'It takes a page that is served over https.'],
  ['csp', 'Browsers refuse before there is a request, but for a redirect.'],
  ['content-policy', 'Browsers refuse before there is a request, but for a redirect.'],
  ['unsafe-port', 'Firefox refuses before there is a request.'],
  ['coep', 'It takes a page that sends Cross-Origin-Embedder-Policy.'],
  ['redirect', 'The entry that redirects to ftp: is blocked by a CORS check of its own.'],
]);
