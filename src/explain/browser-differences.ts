import type { BrowserProfile, PreflightCacheProfile } from '../fetch/browser-profile.ts';
import type { StepId } from '../fetch/network-error.ts';

/** A field of the browser profile, or one of its preflight cache's. */
export type ProfileField = keyof BrowserProfile | `cache.${keyof PreflightCacheProfile}`;

/** One thing that Chromium and Firefox do differently with the same request and the same answers. */
export interface BrowserDifference {
  readonly id: string;
  /** What each of them does, after its name; no full stop. */
  readonly chromium: string;
  readonly firefox: string;
  /** Where each of them says so: its source. */
  readonly source: Readonly<Record<'chromium' | 'firefox', string>>;
  /** What expresses it; null: it depends on what no exchange shows. */
  readonly field: ProfileField | null;
  /** The profile, if its browser did in this what the other one does. */
  readonly even: (profile: BrowserProfile, other: BrowserProfile) => BrowserProfile;
}

const chromiumSource = 'https://chromium.googlesource.com/chromium/src/+/refs/heads/main/services/network';
const firefoxSource = 'https://searchfox.org/mozilla-central/source';

const inPreflight = { chromium: `${chromiumSource}/cors/preflight_controller.cc`, firefox: `${firefoxSource}/netwerk/protocol/http/nsCORSListenerProxy.cpp` };
const inCheck = { ...inPreflight, chromium: `${chromiumSource}/public/cpp/cors/cors.cc` };
const inLoader = { ...inPreflight, chromium: `${chromiumSource}/cors/cors_url_loader.cc` };
const inSafelist = { chromium: inCheck.chromium, firefox: `${firefoxSource}/dom/base/nsContentUtils.cpp` };
const inCache = { ...inPreflight, chromium: `${chromiumSource}/cors/preflight_cache.cc` };
const inResult = { ...inPreflight, chromium: `${chromiumSource}/public/cpp/cors/preflight_result.cc` };

const field = (name: keyof BrowserProfile): Pick<BrowserDifference, 'field' | 'even'> =>
  ({ field: name, even: (profile, other) => ({ ...profile, [name]: other[name] }) });

const cacheField = (name: keyof PreflightCacheProfile): Pick<BrowserDifference, 'field' | 'even'> =>
  ({ field: `cache.${name}`, even: (profile, other) => ({ ...profile, cache: { ...profile.cache, [name]: other.cache[name] } }) });

/** Takes the step from where it stands and puts it before the step that it precedes in the other browser. */
const orderOf = (step: StepId): Pick<BrowserDifference, 'field' | 'even'> => ({
  field: 'preflightOrder',
  even(profile, other) {
    const rest = profile.preflightOrder.filter((id) => id !== step);
    const next = other.preflightOrder[other.preflightOrder.indexOf(step) + 1];
    const at = next === undefined ? rest.length : rest.indexOf(next);
    return { ...profile, preflightOrder: [...rest.slice(0, at), step, ...rest.slice(at)] };
  },
});

const unseen: Pick<BrowserDifference, 'field' | 'even'> = { field: null, even: (profile) => profile };

/** To add one, add its row here and its case in test/differences/cases.ts, which plays it in both browsers. */
export const browserDifferences: readonly BrowserDifference[] = [
  {
    id: 'preflight-redirect-first', source: inPreflight, ...orderOf('preflight-redirect'),
    chromium: 'refuses a redirected preflight before it looks at any header',
    firefox: 'checks Access-Control-Allow-Origin of a redirected preflight first',
  },
  {
    id: 'preflight-redirect-by-mode', source: inPreflight, ...field('namesUnfollowedPreflightRedirect'),
    chromium: 'names the redirect of a preflight as the reason whatever the request\'s redirect mode',
    firefox: 'says of a redirected preflight that it did not succeed if the request\'s redirect mode is error or manual',
  },
  {
    id: 'allow-headers-read-before-method', source: inResult, ...orderOf('allow-headers-syntax'),
    chromium: 'reads both lists of the preflight\'s answer before it uses one',
    firefox: 'checks the method before it reads Access-Control-Allow-Headers',
  },
  {
    id: 'several-allow-origin-values', source: inCheck, ...field('multipleAllowOriginValues'),
    chromium: 'takes a space or a comma in Access-Control-Allow-Origin for several values',
    firefox: 'counts the lines named Access-Control-Allow-Origin in just these upper and lower case letters, and takes any other list for one wrong origin',
  },
  {
    id: 'invalid-allow-origin-value', source: inCheck, ...field('namesInvalidAllowOrigin'),
    chromium: 'has a reason of its own for an allowed origin that is no URL',
    firefox: 'calls an allowed origin that is no URL a mismatch, as any other',
  },
  {
    id: 'first-missing-header', source: inResult, ...field('headerOrder'),
    chromium: 'names the missing request header that stands first in its own order',
    firefox: 'names the missing request header that comes first by name',
  },
  {
    id: 'safelist-size-limit', source: inSafelist, ...field('safelistValueSizeLimit'),
    chromium: 'asks a preflight for safelisted request headers, too, once they exceed 1,024 bytes together',
    firefox: 'has no limit for safelisted request headers together',
  },
  {
    id: 'client-hints-safelisted', source: inSafelist, ...field('furtherSafelistedRequestHeaders'),
    chromium: 'safelists client hints and Save-Data, which then need no preflight',
    firefox: 'asks a preflight for client hints and Save-Data that a script sets',
  },
  {
    id: 'non-ascii-request-header', source: inSafelist, ...field('nonAsciiIsUnsafe'),
    chromium: 'takes bytes beyond ASCII in Accept and Content-Type as safe',
    firefox: 'asks a preflight for an Accept or Content-Type with bytes beyond ASCII',
  },
  {
    id: 'user-agent-forbidden', source: inSafelist, ...field('forbidsUserAgent'),
    chromium: 'ignores a User-Agent that a script sets',
    firefox: 'sends a User-Agent that a script sets, and asks a preflight for it',
  },
  {
    id: 'preflight-origin-after-redirect', source: inLoader, ...field('taintsPreflight'),
    chromium: 'sends Origin: null with the preflight, too, after a redirect from one foreign origin to another',
    firefox: 'names the page\'s origin in the preflight even where the request itself says Origin: null',
  },
  {
    id: 'preflight-again-after-redirect', source: inLoader, ...field('preflightsAgain'),
    chromium: 'asks a second preflight after a redirect only if the request still needs one',
    firefox: 'asks a second preflight after every redirect of a request that had one, even of what became a plain GET',
  },
  {
    id: 'redirect-to-unsafe-scheme', source: inLoader, ...field('unsafeRedirectSchemes'),
    chromium: 'refuses a redirect to some schemes without a CORS reason: about, blob, data, file and its own',
    firefox: 'refuses a redirect to some schemes without looking at CORS: blob, data, file, javascript, ws and its own',
  },
  {
    id: 'unsafe-redirect-first', source: inLoader, ...field('unsafeRedirectComesFirst'),
    chromium: 'checks the redirect\'s own CORS headers before it looks where the redirect leads',
    firefox: 'looks at the scheme where a redirect leads before it checks the redirect\'s CORS headers',
  },
  {
    id: 'empty-location', source: inLoader, ...field('ignoresEmptyLocation'),
    chromium: 'takes a redirect status with an empty Location for the response itself',
    firefox: 'follows an empty Location to the same URL again, up to its limit of redirects',
  },
  {
    id: 'redirect-with-user-info', source: inLoader, ...field('reasonNames'),
    chromium: 'has a reason of its own for a redirect to a URL with a user name',
    firefox: 'says CORSDidNotSucceed of a redirect to a URL with a user name',
  },
  {
    id: 'network-failure', source: inLoader, ...field('failureReason'),
    chromium: 'reports a failed connection as what it is, without a CORS reason',
    firefox: 'says CORSDidNotSucceed of every cross-origin request that fails on the network',
  },
  {
    id: 'redirect-mode-error', source: { chromium: `${chromiumSource}/cors/cors_url_loader.cc`, firefox: `${firefoxSource}/dom/fetch/FetchDriver.cpp` }, ...unseen,
    chromium: 'lets a request whose redirect mode is error read a redirect status without Location',
    firefox: 'refuses every redirect status, with or without Location, if the redirect mode is error',
  },
  {
    id: 'cache-max-age-limit', source: inResult, ...cacheField('maxAgeLimit'),
    chromium: 'keeps a preflight\'s answer for two hours at most',
    firefox: 'keeps a preflight\'s answer for a day at most',
  },
  {
    id: 'cache-invalid-max-age', source: inResult, ...cacheField('invalidMaxAge'),
    chromium: 'keeps an answer for five seconds whose Access-Control-Max-Age is no number',
    firefox: 'keeps no answer whose Access-Control-Max-Age is no number',
  },
  {
    id: 'cache-negative-max-age', source: inResult, ...cacheField('negativeMaxAge'),
    chromium: 'takes a negative Access-Control-Max-Age for zero, which ends what was granted before',
    firefox: 'ignores an answer with a negative Access-Control-Max-Age, and what was granted before goes on',
  },
  {
    id: 'cache-zero-max-age', source: inResult, ...cacheField('zeroMaxAge'),
    chromium: 'lets an answer with Access-Control-Max-Age: 0 end what was granted before',
    firefox: 'does not keep an answer with Access-Control-Max-Age: 0, and what was granted before goes on',
  },
  {
    id: 'cache-new-answer', source: inCache, ...cacheField('newResponse'),
    chromium: 'lets a new answer take the place of the one before',
    firefox: 'adds what a new answer grants to what was granted before',
  },
  {
    id: 'cache-wildcard', source: inResult, ...cacheField('wildcardMatches'),
    chromium: 'lets a cached * cover a later request',
    firefox: 'asks again where only a cached * would cover a request',
  },
  {
    id: 'cache-credentials', source: inResult, ...cacheField('credentialedServesUncredentialed'),
    chromium: 'lets what was granted with credentials serve requests without',
    firefox: 'keeps what was granted with and without credentials apart',
  },
  {
    id: 'cache-head', source: inResult, ...cacheField('exemptMethods'),
    chromium: 'lets HEAD go with a cached answer that does not list it',
    firefox: 'asks again for HEAD unless the cached answer lists it',
  },
  {
    id: 'cache-long-url', source: inCache, ...cacheField('urlLengthLimit'),
    chromium: 'keeps no answer for a URL of 1,024 characters or more',
    firefox: 'keeps answers for URLs of any length',
  },
  {
    id: 'cache-after-failure', source: inCache, ...unseen,
    chromium: 'keeps a preflight\'s answer although the request behind it fails the CORS check',
    firefox: 'forgets the preflight\'s answer when the request behind it fails the CORS check',
  },
  {
    id: 'cache-mode-no-cache', source: inPreflight, ...unseen,
    chromium: 'asks again if the cache mode of the request is no-cache',
    firefox: 'uses a cached preflight whatever the request\'s cache mode, unless it is reload or no-store',
  },
];
