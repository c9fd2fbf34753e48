import { allowCredentialsTheme } from './entries/allow-credentials.ts';
import { allowOriginTheme } from './entries/allow-origin.ts';
import { allowedTheme } from './entries/allowed.ts';
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
