import type { StepId } from './network-error.ts';

/**
 * Where browsers differ from the Fetch Standard and from each other, as data. The algorithms read a profile and never
 * ask which browser it is.
 */
export interface BrowserProfile {
  readonly name: 'standard' | 'chromium' | 'firefox';
  /** The steps that judge a preflight response, in the order in which they are run: the first to fail is the reason. */
  readonly preflightOrder: readonly StepId[];
  /** Whether a redirected preflight has a reason of its own whatever the request's redirect mode, or only if that is `follow`. */
  readonly namesUnfollowedPreflightRedirect: boolean;
  /**
   * What counts as several Access-Control-Allow-Origin values: a space or comma in the joined value, or a second line
   * whose name is written in just this way. `merged-lines`: such a line, where it is only seen joined to the first.
   */
  readonly multipleAllowOriginValues: 'space-or-comma' | 'lines' | 'merged-lines';
  /** Whether an Allow-Origin value that is no URL has a name of its own, or is a mismatch like any other. */
  readonly namesInvalidAllowOrigin: boolean;
  /** Whether `*` in Access-Control-Allow-Headers covers `Authorization`. https://github.com/whatwg/fetch/issues/1919 */
  readonly wildcardCoversAuthorization: boolean;
  /** Whether a forced preflight lets its method pass when Access-Control-Allow-Methods is absent. */
  readonly forcedPreflightAllowsMethod: boolean;
  /** In which order headers that are not allowed are named: as they stand in the request, or by name. */
  readonly headerOrder: 'request' | 'name';
  /** Above how many bytes the safelisted request-headers stop being safelisted together; null: there is no limit. */
  readonly safelistValueSizeLimit: number | null;
  /** Safelisted request-headers beyond the standard's, each with the values that are. */
  readonly furtherSafelistedRequestHeaders: ReadonlyMap<string, RegExp>;
  /** Whether a byte from 0x80 on is a CORS-unsafe request-header byte. */
  readonly nonAsciiIsUnsafe: boolean;
  /** Whether no script can set `User-Agent`. */
  readonly forbidsUserAgent: boolean;
  /** Whether an actual request's headers are sent (and seen) only once its preflight has passed. */
  readonly preflightComesFirst: boolean;
  /** Schemes to which a redirect fails without CORS, and without a name; any other but http and https has one. */
  readonly unsafeRedirectSchemes: ReadonlySet<string>;
  /** Whether such a redirect fails before the CORS check of its own response. */
  readonly unsafeRedirectComesFirst: boolean;
  /** Whether a request that had a preflight has one after every redirect, although it may no longer need one. */
  readonly preflightsAgain: boolean;
  /** Whether a preflight names the origin `null`, too, where the request does so because a redirect crossed origins. */
  readonly taintsPreflight: boolean;
  /** Whether an empty `Location` is as good as none, or leads to the same URL again. */
  readonly ignoresEmptyLocation: boolean;
  /** Whether a redirect to what is no URL fails before the CORS check of its own response. */
  readonly invalidLocationComesFirst: boolean;
  /** Whose names it gives to its reasons: Chrome's `Network.CorsError`, or Firefox's that MDN lists. */
  readonly reasonNames: 'chrome' | 'firefox';
  /** The CORS reason that it gives for a request that failed on the network; null: none. */
  readonly failureReason: 'CORSDidNotSucceed' | null;
  /** What the browser reports as network error of a request that CORS blocked; other failures may have the same. */
  readonly corsNetworkError: string;
  /** What it may report of a redirect that it did not follow, CORS or not; null: it always tells the two apart. */
  readonly vagueRedirectNetworkError: RegExp | null;
  /** Whether a request ends as completed only if its response was let through, and not if CORS withheld it, too. */
  readonly completedMeansReadable: boolean;
  /** Whether a redirect that the script refused (redirect mode `error`) completes, as one that was handed to it does. */
  readonly refusedRedirectCompletes: boolean;
  /** Whether a redirect is reported only once its response has passed the CORS check. */
  readonly redirectMeansPassed: boolean;
  /** What it reports of a request that the page gave up, and of a redirect that was handed to the page unfollowed. */
  readonly abortNetworkError: string;
  readonly cache: PreflightCacheProfile;
}

/** https://fetch.spec.whatwg.org/#cors-preflight-cache */
export interface PreflightCacheProfile {
  /** Seconds above which a max age is cut. */
  readonly maxAgeLimit: number;
  /** What a max age that is no non-negative integer means. */
  readonly invalidMaxAge: 'default' | 'not-cached';
  /** What a negative max age means. */
  readonly negativeMaxAge: 'default' | 'expired' | 'not-cached';
  /** Whether an answer with max age 0 ends what an earlier one granted, or is not kept and ends nothing. */
  readonly zeroMaxAge: 'ends' | 'not-cached';
  /** Whether a second preflight adds to what the first one was granted, or takes its place. */
  readonly newResponse: 'adds' | 'replaces';
  /** Whether a granted `*` satisfies a later request. */
  readonly wildcardMatches: boolean;
  /** Whether a granted `*` satisfies a later request with `Authorization`. */
  readonly wildcardCoversAuthorization: boolean;
  /** Whether what was granted with credentials serves requests without. */
  readonly credentialedServesUncredentialed: boolean;
  /** Methods that need no grant when the cache is asked. */
  readonly exemptMethods: ReadonlySet<string>;
  /** URLs of this many characters or more are never cached; null: any length is. */
  readonly urlLengthLimit: number | null;
}

const none: ReadonlyMap<string, RegExp> = new Map();

/** The Fetch Standard, without a browser's limits. */
export const standard: BrowserProfile = {
  name: 'standard',
  preflightOrder: [
    'preflight-allow-origin', 'preflight-allow-credentials', 'preflight-redirect', 'preflight-ok-status',
    'allow-methods-syntax', 'allow-headers-syntax', 'method', 'request-headers',
  ],
  namesUnfollowedPreflightRedirect: true,
  multipleAllowOriginValues: 'space-or-comma',
  namesInvalidAllowOrigin: true,
  wildcardCoversAuthorization: false,
  forcedPreflightAllowsMethod: true,
  headerOrder: 'name',
  safelistValueSizeLimit: 1024,
  furtherSafelistedRequestHeaders: none,
  nonAsciiIsUnsafe: false,
  forbidsUserAgent: false,
  preflightComesFirst: true,
  preflightsAgain: false,
  taintsPreflight: true,
  unsafeRedirectSchemes: new Set(),
  unsafeRedirectComesFirst: false,
  ignoresEmptyLocation: false,
  invalidLocationComesFirst: false,
  reasonNames: 'chrome',
  failureReason: null,
  corsNetworkError: 'net::ERR_FAILED',
  vagueRedirectNetworkError: null,
  completedMeansReadable: true,
  refusedRedirectCompletes: false,
  redirectMeansPassed: true,
  abortNetworkError: 'net::ERR_ABORTED',
  cache: {
    maxAgeLimit: Number.POSITIVE_INFINITY,
    invalidMaxAge: 'default',
    negativeMaxAge: 'default',
    zeroMaxAge: 'ends',
    newResponse: 'adds',
    wildcardMatches: true,
    wildcardCoversAuthorization: false,
    credentialedServesUncredentialed: true,
    exemptMethods: new Set(['GET', 'HEAD', 'POST']),
    urlLengthLimit: null,
  },
};

const decimal = /^[0-9]+(\.[0-9]+)?$/;

/** https://chromium.googlesource.com/chromium/src/+/refs/heads/main/services/network/cors/ */
export const chromium: BrowserProfile = {
  ...standard,
  name: 'chromium',
  // A redirect is refused before any header is looked at.
  preflightOrder: [
    'preflight-redirect', 'preflight-allow-origin', 'preflight-allow-credentials', 'preflight-ok-status',
    'allow-methods-syntax', 'allow-headers-syntax', 'method', 'request-headers',
  ],
  wildcardCoversAuthorization: true,
  forcedPreflightAllowsMethod: false,
  headerOrder: 'request',
  furtherSafelistedRequestHeaders: new Map([
    ['save-data', /^on$/i],
    ['device-memory', decimal],
    ['dpr', decimal],
    ['width', decimal],
    ['viewport-width', decimal],
    ['rtt', /^[0-9]+$/],
    ['downlink', decimal],
    ['ect', /^(slow-2g|2g|3g|4g)$/],
    ['intervention', /^/],
  ]),
  forbidsUserAgent: true,
  invalidLocationComesFirst: true,
  unsafeRedirectSchemes: new Set(['about:', 'blob:', 'chrome:', 'chrome-extension:', 'data:', 'devtools:', 'file:', 'filesystem:']),
  ignoresEmptyLocation: true,
  cache: {
    maxAgeLimit: 7200,
    invalidMaxAge: 'default',
    negativeMaxAge: 'expired',
    zeroMaxAge: 'ends',
    newResponse: 'replaces',
    wildcardMatches: true,
    wildcardCoversAuthorization: false,
    credentialedServesUncredentialed: true,
    exemptMethods: new Set(['GET', 'HEAD', 'POST']),
    urlLengthLimit: 1024,
  },
};

/** https://searchfox.org/mozilla-central/source/netwerk/protocol/http/nsCORSListenerProxy.cpp */
export const firefox: BrowserProfile = {
  ...standard,
  name: 'firefox',
  // Each list is read and used before the next one is read.
  preflightOrder: [
    'preflight-allow-origin', 'preflight-allow-credentials', 'preflight-redirect', 'preflight-ok-status',
    'allow-methods-syntax', 'method', 'allow-headers-syntax', 'request-headers',
  ],
  namesUnfollowedPreflightRedirect: false,
  multipleAllowOriginValues: 'lines',
  namesInvalidAllowOrigin: false,
  wildcardCoversAuthorization: true,
  forcedPreflightAllowsMethod: false,
  safelistValueSizeLimit: null,
  nonAsciiIsUnsafe: true,
  preflightComesFirst: false,
  preflightsAgain: true,
  taintsPreflight: false,
  unsafeRedirectSchemes: new Set(['blob:', 'chrome:', 'data:', 'file:', 'javascript:', 'moz-extension:', 'resource:', 'view-source:', 'ws:', 'wss:']),
  unsafeRedirectComesFirst: true,
  invalidLocationComesFirst: true,
  reasonNames: 'firefox',
  failureReason: 'CORSDidNotSucceed',
  corsNetworkError: 'NS_ERROR_DOM_BAD_URI',
  // Of a transaction that was cancelled the extension API names the last thing that happened: NS_ERROR_NET_ON_RECEIVING_FROM.
  vagueRedirectNetworkError: /^NS_ERROR_(UNEXPECTED|NET_ON_[A-Z_]+)$/,
  completedMeansReadable: false,
  refusedRedirectCompletes: true,
  redirectMeansPassed: false,
  abortNetworkError: 'NS_BINDING_ABORTED',
  cache: {
    maxAgeLimit: 86_400,
    invalidMaxAge: 'not-cached',
    negativeMaxAge: 'not-cached',
    zeroMaxAge: 'not-cached',
    newResponse: 'adds',
    wildcardMatches: false,
    wildcardCoversAuthorization: false,
    credentialedServesUncredentialed: false,
    exemptMethods: new Set(['GET', 'POST']),
    urlLengthLimit: null,
  },
};

export const browserProfiles: Readonly<Record<BrowserProfile['name'], BrowserProfile>> = { standard, chromium, firefox };
