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

const network = 'It takes a network or a browser that no test can set up.';
const certificate = 'It takes an authority that browsers come with.';

/** The causes that neither an entry nor a situation shows, each with the reason. */
export const causesNotShown: ReadonlyMap<string, string> = new Map<string, string>([
  ...['cert-revoked', 'cert-valid-too-long', 'cert-not-logged', 'cert-intercepted'].map((id) => [id, certificate] as const),
  ...['blocked-by-policy', 'safe-browsing', 'timeout', 'network-changed', 'unreachable', 'too-many-requests-at-once', 'upload-changed'].map((id) => [id, network] as const),
  ['mixed-content', 'Browsers refuse before there is a request, and of a redirect they give no reason.'],
  ['csp', 'Browsers refuse before there is a request, and of a redirect they give no reason.'],
  ['content-policy', 'Browsers refuse before there is a request, and of a redirect they give no reason.'],
  ['not-in-cache', 'A script may ask so of its own origin only.'],
  ['redirect', 'The entry that redirects to ftp: is blocked by a CORS check of its own.'],
]);
