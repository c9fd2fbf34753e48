import type { BrowserProfile } from '../fetch/browser-profile.ts';
import type { Phase } from '../fetch/cors-check.ts';
import type { CorsErrorCode } from '../fetch/network-error.ts';
import { differingParts } from '../fetch/origin.ts';
import { fetchStandard, mdnDocs } from './reading.ts';

/** What the words about an error are made of. All of it comes from the page or the server: show it as text only. */
export interface Evidence {
  /** The request origin that the response had to allow. */
  readonly origin: string;
  /** Host (and port) of the server that has to allow it. */
  readonly host: string;
  readonly method: string;
  readonly parameter: string;
  /** What the deciding header held; null: it was absent. */
  readonly found: string | null;
}

/** One CORS error with all its attributes. */
export interface CorsErrorRow {
  /** When the browser decides. */
  readonly phase: Phase | 'request' | 'redirect' | 'connection';
  /** The standard's step. */
  readonly spec: string;
  /** Firefox's reason without its digit, as MDN lists them; empty: Firefox has none. */
  readonly firefox: string;
  /** The cure, as a title. */
  readonly title: (evidence: Evidence) => string;
  /** What is wrong, in the few words of a row. */
  readonly reason: (evidence: Evidence) => string;
  /** What happened, in one sentence with the two values that differ. */
  readonly summary: (evidence: Evidence) => string;
  /** Why the browser insists. */
  readonly detail: string;
}

const corsCheck = `${fetchStandard}#concept-cors-check`;
const preflightFetch = `${fetchStandard}#cors-preflight-fetch-0`;
const localNetwork = 'https://wicg.github.io/local-network-access/';

type Both = Omit<CorsErrorRow, 'phase'>;
const onActual = (row: Both): CorsErrorRow => ({ ...row, phase: 'actual' });
const onPreflight = (row: Both): CorsErrorRow => ({
  ...row,
  phase: 'preflight',
  reason: (evidence) => `Preflight: ${uncapitalize(row.reason(evidence))}`,
  summary: (evidence) => `${row.summary(evidence)} That was the answer to the preflight, so the ${evidence.method} was never sent.`,
});

const uncapitalize = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
const shown = (value: string | null): string => (value === null ? 'nothing' : value === '' ? 'an empty value' : value);

const missing: Both = {
  spec: corsCheck,
  firefox: 'CORSMissingAllowOrigin',
  title: ({ origin }) => (origin === 'null' ? 'Make the request from a page with an origin' : `Allow the origin ${origin}`),
  reason: () => 'No Access-Control-Allow-Origin',
  summary: ({ origin, host }) => `The page at ${origin} asked, and ${host} answered without Access-Control-Allow-Origin.`,
  detail: 'A page may read a response from another origin only if that response says so. The server has to name the page\'s origin in Access-Control-Allow-Origin, on every response, errors included.',
};

const wildcard: Both = {
  spec: corsCheck,
  firefox: 'CORSNotSupportingCredentials',
  title: ({ origin }) => `Name the origin ${origin} instead of *`,
  reason: () => 'Wildcard origin with credentials',
  summary: ({ origin, host }) => `The request carries credentials, and ${host} allows * where it has to name ${origin}.`,
  detail: 'With credentials, * is not a wildcard. It would let any site read what belongs to the signed-in user. Name the origin and send Vary: Origin, or leave the credentials out of the request if the response does not need them.',
};

const multiple: Both = {
  spec: corsCheck,
  firefox: 'CORSMultipleAllowOriginNotAllowed',
  title: ({ origin }) => `Send one Access-Control-Allow-Origin, with ${origin}`,
  reason: () => 'More than one allowed origin',
  summary: ({ origin, host, found }) => `${host} sent ${shown(found)} where exactly ${origin} has to stand.`,
  detail: 'The header holds one origin or *. It is no list. Two lines count as two values, even when both are right: usually the application and a proxy in front of it each add one. Let one layer own the header, and let it choose the value from a list of its own.',
};

const invalid: Both = {
  spec: corsCheck,
  firefox: 'CORSAllowOriginNotMatchingOrigin',
  title: ({ origin }) => `Send the origin ${origin} in full`,
  reason: ({ found }) => `${shown(found)} is no origin`,
  summary: ({ origin, host, found }) => `${host} sent ${shown(found)} as allowed origin, which is no origin. It has to be ${origin}.`,
  detail: 'An origin is a scheme, a host and, unless it is the default one, a port: https://app.example. It has no quotes, no path and no pattern.',
};

const mismatch: Both = {
  spec: corsCheck,
  firefox: 'CORSAllowOriginNotMatchingOrigin',
  title: ({ origin }) => (origin === 'null' ? 'Make the request from a page with an origin' : `Allow the origin ${origin}`),
  reason: ({ origin, found }) => {
    const parts = differingParts(origin, found ?? '');
    return parts?.length === 1 ? `Another ${parts[0]} is allowed: ${shown(found)}` : `Another origin is allowed: ${shown(found)}`;
  },
  summary: ({ origin, host, found }) => `The request comes from ${origin}, and ${host} allows ${shown(found)}.`,
  detail: 'Origins are compared byte by byte. Another scheme, another host, another port or a slash at the end makes another origin.',
};

const notTrue: Both = {
  spec: corsCheck,
  firefox: 'CORSMissingAllowCredentials',
  title: () => 'Allow credentials with the exact value true',
  reason: ({ found }) => (found === null ? 'Credentials are not allowed' : `Allow-Credentials is ${shown(found)}, not true`),
  summary: ({ host, found }) => `The request carries credentials, and ${host} sent ${shown(found)} as Access-Control-Allow-Credentials where true has to stand.`,
  detail: 'A response to a request with credentials is shared only if it says Access-Control-Allow-Credentials: true, in lower case and once. The preflight\'s answer has to say it too, although a preflight never carries credentials.',
};

const gone = (was: string): CorsErrorRow => ({
  phase: 'preflight',
  spec: preflightFetch,
  firefox: '',
  title: () => `Update the browser: it no longer asks for ${was}`,
  reason: () => `Preflight: ${was} is not granted`,
  summary: ({ host }) => `The preflight to ${host} did not grant ${was}, which browsers asked for in the past.`,
  detail: 'Chrome still lists this name. No current version reports it.',
});

/**
 * Every `Network.CorsError` of the DevTools protocol. To add one, add its name to `corsErrorCodes` and its row here;
 * the compiler names a row that is missing.
 */
export const corsErrors: Readonly<Record<CorsErrorCode, CorsErrorRow>> = {
  DisallowedByMode: {
    phase: 'request',
    spec: `${fetchStandard}#concept-main-fetch`,
    firefox: '',
    title: () => 'Remove mode: "same-origin" from the request',
    reason: () => 'The request\'s mode is same-origin',
    summary: ({ origin, host }) => `The script on ${origin} asked with the mode same-origin, and ${host} is another origin.`,
    detail: 'A request whose mode is same-origin is refused before it is sent when its URL has another origin.',
  },
  InvalidResponse: {
    phase: 'actual',
    spec: `${fetchStandard}#concept-http-fetch`,
    firefox: '',
    title: () => 'Look at the response: the browser could not use it',
    reason: () => 'Invalid response',
    summary: ({ host }) => `The browser could not use the response of ${host} for a CORS request.`,
    detail: 'Chrome still lists this name. No current version is known to report it.',
  },
  WildcardOriginNotAllowed: onActual(wildcard),
  MissingAllowOriginHeader: onActual(missing),
  MultipleAllowOriginValues: onActual(multiple),
  InvalidAllowOriginValue: onActual(invalid),
  AllowOriginMismatch: onActual(mismatch),
  InvalidAllowCredentials: onActual(notTrue),
  CorsDisabledScheme: {
    phase: 'request',
    spec: `${fetchStandard}#concept-main-fetch`,
    firefox: 'CORSRequestNotHttp',
    title: () => 'Request an http or https URL',
    reason: () => 'The URL\'s scheme has no CORS',
    summary: ({ origin, found }) => `The page at ${origin} was to fetch ${found ?? 'a URL'}, which is neither http nor https.`,
    detail: 'CORS exists for http and https only. A redirect has to lead to such a URL. A page opened as a file, and a file that it asks for, have no origin that a server could allow: serve both from a local web server.',
  },
  PreflightInvalidStatus: {
    phase: 'preflight',
    spec: preflightFetch,
    firefox: 'CORSPreflightDidNotSucceed',
    title: ({ found }) => `Answer the preflight with 204 instead of ${shown(found)}`,
    reason: ({ found }) => `Preflight: status ${shown(found)}`,
    summary: ({ host, found, method }) => `${host} answered the preflight with ${shown(found)}, so the ${method} was never sent.`,
    detail: 'Only a status from 200 to 299 lets the actual request go out. Answer OPTIONS requests that carry Access-Control-Request-Method before authentication, routing and anything else that may refuse them: a preflight has no cookies and no token.',
  },
  PreflightDisallowedRedirect: {
    phase: 'preflight',
    spec: preflightFetch,
    firefox: 'CORSExternalRedirectNotAllowed',
    title: () => 'Answer the preflight without a redirect',
    reason: () => 'Preflight: redirected',
    summary: ({ host, found, method }) => `${host} redirected the preflight to ${shown(found)}, so the ${method} was never sent.`,
    detail: 'A browser does not follow the redirect of a preflight. Request the final URL, or answer OPTIONS before the rule that redirects.',
  },
  PreflightWildcardOriginNotAllowed: onPreflight(wildcard),
  PreflightMissingAllowOriginHeader: onPreflight(missing),
  PreflightMultipleAllowOriginValues: onPreflight(multiple),
  PreflightInvalidAllowOriginValue: onPreflight(invalid),
  PreflightAllowOriginMismatch: onPreflight(mismatch),
  PreflightInvalidAllowCredentials: onPreflight(notTrue),
  PreflightMissingAllowExternal: gone('Access-Control-Allow-External'),
  PreflightInvalidAllowExternal: gone('Access-Control-Allow-External: true'),
  InvalidAllowMethodsPreflightResponse: {
    phase: 'preflight',
    spec: preflightFetch,
    firefox: 'CORSInvalidAllowMethod',
    title: () => 'Send the allowed methods as a list with commas',
    reason: () => 'Preflight: Allow-Methods cannot be read',
    summary: ({ host, found, method }) => `${host} sent ${shown(found)} as Access-Control-Allow-Methods, which is no list of methods. The ${method} was never sent.`,
    detail: 'The header is a list of method names with commas between them. One entry that is no method name spoils the whole header.',
  },
  InvalidAllowHeadersPreflightResponse: {
    phase: 'preflight',
    spec: preflightFetch,
    firefox: 'CORSInvalidAllowHeader',
    title: () => 'Send the allowed headers as a list with commas',
    reason: () => 'Preflight: Allow-Headers cannot be read',
    summary: ({ host, found, method }) => `${host} sent ${shown(found)} as Access-Control-Allow-Headers, which is no list of header names. The ${method} was never sent.`,
    detail: 'The header is a list of header names with commas between them. One entry that is no header name spoils the whole header.',
  },
  MethodDisallowedByPreflightResponse: {
    phase: 'preflight',
    spec: preflightFetch,
    firefox: 'CORSMethodNotFound',
    title: ({ parameter }) => `Allow the method ${parameter}`,
    reason: ({ parameter }) => `Preflight: ${parameter} is not allowed`,
    summary: ({ host, parameter, found }) => `The browser asked to send ${parameter}, and ${host} allows ${shown(found)}.`,
    detail: 'Any method but GET, HEAD and POST has to stand in Access-Control-Allow-Methods of the preflight\'s answer. Upper and lower case differ. With credentials, * is a method called * and no wildcard.',
  },
  HeaderDisallowedByPreflightResponse: {
    phase: 'preflight',
    spec: preflightFetch,
    firefox: 'CORSMissingAllowHeaderFromPreflight',
    title: ({ parameter }) => `Allow the request header ${parameter}`,
    reason: ({ parameter }) => `Preflight: ${parameter} is not allowed`,
    summary: ({ host, parameter, found, method }) => `The browser asked to send ${parameter}, and ${host} allows ${shown(found)}. The ${method} was never sent.`,
    detail: 'Every header that a script adds, beyond a few safelisted ones, has to stand in Access-Control-Allow-Headers of the preflight\'s answer. Browsers name one that is missing at a time. With credentials, * is a header called * and no wildcard.',
  },
  RedirectContainsCredentials: {
    phase: 'redirect',
    spec: `${fetchStandard}#http-redirect-fetch`,
    firefox: 'CORSDidNotSucceed',
    title: () => 'Redirect to a URL without user name and password',
    reason: () => 'Redirect to a URL with a user name',
    summary: ({ host }) => `${host} redirected the request to a URL that holds a user name or password.`,
    detail: 'A CORS request is not sent on to a URL with a user name or password in it. Pass them in a header of the final request instead.',
  },
  InsecureLocalNetwork: {
    phase: 'connection',
    spec: localNetwork,
    firefox: '',
    title: () => 'Serve the page over https',
    reason: () => 'Local network from an insecure page',
    summary: ({ origin, host }) => `${origin} is not secure, and ${host} is in a network that is more private than the page's.`,
    detail: 'Only a page from a secure context may ask for access to the local network. The decision falls before any header is read.',
  },
  InvalidLocalNetworkAccess: {
    phase: 'connection',
    spec: localNetwork,
    firefox: '',
    title: () => 'Declare the address space in which the server is',
    reason: () => 'Address space is not the declared one',
    summary: ({ host }) => `${host} is not in the address space that the request declared.`,
    detail: 'The request named a target address space, and the connection reached another one. The decision falls before any header is read.',
  },
  NoCorsRedirectModeNotFollow: {
    phase: 'request',
    spec: `${fetchStandard}#concept-main-fetch`,
    firefox: '',
    title: () => 'Let a no-cors request follow redirects',
    reason: () => 'no-cors with another redirect mode than follow',
    summary: ({ host }) => `The script asked ${host} with the mode no-cors and a redirect mode that is not follow.`,
    detail: 'A no-cors request must use the redirect mode follow.',
  },
  LocalNetworkAccessPermissionDenied: {
    phase: 'connection',
    spec: localNetwork,
    firefox: '',
    title: () => 'Ask the user for access to the local network',
    reason: () => 'Local network access is not permitted',
    summary: ({ origin, host }) => `${origin} has no permission to reach ${host} in a more private network.`,
    detail: 'Access from a public page to the local network or this machine is a permission of the user, given in the address bar. No response header grants it.',
  },
};

const mdn = `${mdnDocs}/Web/HTTP/Guides/CORS`;

/** MDN's page about one of Firefox's reasons, without its digit; the guide where Firefox has none. */
export const mdnPageOf = (firefox: string): string => (firefox === '' ? mdn : `${mdn}/Errors/${firefox}`);

/** MDN's page about an error: its Firefox reason's where there is one, else the guide. */
export const mdnPage = (code: CorsErrorCode): string => mdnPageOf(corsErrors[code].firefox);

/** What a browser calls the error; null: it has no name for it. */
export const nameIn = ({ reasonNames }: BrowserProfile, code: CorsErrorCode): string | null =>
  (reasonNames === 'chrome' ? code : corsErrors[code].firefox || null);
