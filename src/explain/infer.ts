import type { BrowserProfile } from '../fetch/browser-profile.ts';
import { contains, get } from '../fetch/header-list.ts';
import { isSameOrigin, serializeOrigin } from '../fetch/origin.ts';
import type { CredentialsMode } from '../fetch/request.ts';
import { isRedirectStatus } from '../fetch/status.ts';
import { type Exchange, type Hop, lastHop } from '../exchange/exchange.ts';
import { type JudgedResponse, judge, redirectModeOf } from './judge.ts';

/** A value that no event states, with the evidence it follows from. */
export interface Inference<Value extends string> {
  readonly value: Value | 'unknown';
  readonly because: string;
}

/** What the browser must have done if the request's credentials mode were this one, and whether it did so. */
export interface Hypothesis {
  readonly credentials: CredentialsMode;
  readonly judged: readonly JudgedResponse[];
  /** The response at which the browser stopped, with its error; null: every response passes. */
  readonly blockedAt: JudgedResponse | null;
}

/** Judges the exchange under both credentials modes and keeps those under which the browser would have done what it did. */
export function consistentHypotheses(exchange: Exchange, profile: BrowserProfile): readonly Hypothesis[] {
  return (['omit', 'include'] as const)
    .map((credentials): Hypothesis => {
      const judged = judge(exchange, credentials, profile);
      return { credentials, judged, blockedAt: judged.find((response) => response.error !== null) ?? null };
    })
    .filter((hypothesis) => isConsistent(hypothesis, exchange, profile));
}

function isConsistent({ judged, blockedAt }: Hypothesis, exchange: Exchange, profile: BrowserProfile): boolean {
  const seen = observeEnd(exchange, profile);
  if (blockedAt === null) return seen !== 'blocked' || judged.length === 0;
  // A response that fails is the last thing that happens.
  const hop = exchange.hops[blockedAt.hop];
  const wentOn = blockedAt !== judged.at(-1)
    || blockedAt.hop < exchange.hops.length - 1
    // The scheme of where it leads is looked at after the redirect was reported, everything else before.
    || (profile.redirectMeansPassed && (hop?.redirectedTo != null) !== (blockedAt.error?.code === 'CorsDisabledScheme'))
    || (blockedAt.phase === 'preflight' && hop?.requestHeaders !== null && profile.preflightComesFirst);
  return !wentOn && seen !== 'other';
}

/** Whether the request ended as one does that CORS blocked, as any other does, or without showing which. */
export function observeEnd(exchange: Exchange, profile: BrowserProfile): 'blocked' | 'other' | 'unknown' {
  const { end } = exchange;
  switch (end.kind) {
    case 'pending':
    case 'unseen':
    case 'untold':
      return 'unknown';
    case 'completed':
      if (profile.completedMeansReadable) return 'other';
      return end.readable === undefined ? 'unknown' : end.readable ? 'other' : 'blocked';
    case 'error':
      if (end.error === profile.corsNetworkError && !exchange.hasStarted) return 'blocked';
      return lastHop(exchange).redirectedTo !== null && profile.vagueRedirectNetworkError?.test(end.error) ? 'unknown' : 'other';
    case 'unfollowed':
      return 'blocked';
    case 'refused':
      // Where it is the page that says so, a response that fails may have been withheld before.
      return profile.refusedRedirectCompletes ? 'unknown' : 'other';
  }
}

/** Whether it ended with a redirect of which the browser does not tell whether the script got it or refused it. */
export function isUntoldRedirect(exchange: Exchange, profile: BrowserProfile): boolean {
  const [{ response }, second] = exchange.hops;
  // Whoever asks to follow redirects gets one only if it leads nowhere.
  const redirect = redirectModeOf(exchange);
  if (redirect === 'manual' || (redirect === 'follow' && response !== null && !contains(response.headers, 'location'))) return false;
  // One that followed a redirect follows them all.
  return profile.refusedRedirectCompletes && exchange.end.kind === 'completed' && second === undefined && response !== null && isRedirectStatus(response.status);
}

/** Whether it ended with a redirect that was handed to the script, refused, or cut off: the network log alone tells which. */
export function isAbortedRedirect(exchange: Exchange, profile: BrowserProfile): boolean {
  return exchange.end.kind === 'error' && exchange.end.error === profile.abortNetworkError && lastHop(exchange).redirectedTo !== null;
}

/** What was seen of the mode on the wire. https://fetch.spec.whatwg.org/#concept-request-mode */
export function observeMode(exchange: Exchange): Inference<'cors' | 'no-cors'> {
  if (exchange.hops.some((hop) => hop.preflight !== null)) return { value: 'cors', because: 'Only a request whose mode is cors has a preflight.' };
  if (exchange.type === 'font') return { value: 'cors', because: 'Fonts are always loaded with the mode cors.' };
  for (const { requestHeaders, method, url } of exchange.hops) {
    if (requestHeaders === null) continue;
    const mode = get(requestHeaders, 'sec-fetch-mode');
    if (mode === 'cors' || mode === 'no-cors') return { value: mode, because: `The request says Sec-Fetch-Mode: ${mode}.` };
    // To its own origin a GET carries no Origin, whatever its mode.
    if (isSameOrigin(exchange.origin, serializeOrigin(url))) continue;
    const origin = contains(requestHeaders, 'origin');
    if (method === 'GET' || method === 'HEAD') {
      return origin
        ? { value: 'cors', because: `A ${method} request carries Origin only when its mode is cors.` }
        : { value: 'no-cors', because: `A ${method} request to another origin without Origin has the mode no-cors.` };
    }
  }
  return { value: 'unknown', because: 'The request shows no sign of its mode.' };
}

/** What was seen of the credentials mode on the wire. https://fetch.spec.whatwg.org/#concept-request-credentials-mode */
export function observeCredentials(exchange: Exchange): Inference<CredentialsMode> {
  // Its own origin gets the page's cookies in the credentials mode same-origin, too.
  const crossing = exchange.hops.findIndex(({ url }) => !isSameOrigin(exchange.origin, serializeOrigin(url)));
  const sent = (crossing === -1 ? [] : exchange.hops.slice(crossing)).flatMap(({ requestHeaders }) => (requestHeaders === null ? [] : [requestHeaders]));
  if (sent.some((headers) => contains(headers, 'cookie'))) {
    return { value: 'include', because: 'The request carries Cookie.' };
  }
  if (sent.some((headers) => contains(headers, 'sec-fetch-storage-access'))) {
    return { value: 'include', because: 'The request carries Sec-Fetch-Storage-Access, which only a request with credentials does.' };
  }
  // After a redirect Firefox calls a request cross-site that it does not mark, and that is none.
  if (!exchange.isUnmarked && get(exchange.hops[0].requestHeaders ?? [], 'sec-fetch-site') === 'cross-site') {
    return { value: 'omit', because: 'The cross-site request carries no Sec-Fetch-Storage-Access, so it has no credentials.' };
  }
  if (exchange.type === 'font') return { value: 'omit', because: 'Fonts are loaded from other origins without credentials.' };
  if (exchange.type === 'ping') return { value: 'include', because: 'A beacon is always sent with credentials.' };
  return { value: 'unknown', because: unseen(lastHop(exchange)) };
}

/** What the page said of the mode, when it was asked. Only fetch need say it. */
export function askedMode({ asked }: Exchange): Inference<'cors' | 'no-cors'> | null {
  if (!asked) return null;
  const { api, mode } = asked;
  if (api === 'element') return { value: 'cors', because: 'The page has an element that asks with crossorigin or as a module: its mode is always cors.' };
  if (api !== 'fetch') {
    const name = apiNames[api];
    return { value: 'cors', because: `The page asked with ${name}, whose mode is always cors.` };
  }
  return mode === 'cors' || mode === 'no-cors' ? { value: mode, because: `The page said so: mode is ${mode}.` } : null;
}

/** What the page said of the credentials mode. To another origin, same-origin means omit. */
export function askedCredentials({ asked }: Exchange): Inference<CredentialsMode> | null {
  if (!asked?.credentials) return null;
  const { api, credentials } = asked;
  const includes = credentials === 'include';
  const said = {
    fetch: `credentials is ${credentials}`,
    xhr: `withCredentials is ${includes}`, 'event-source': `withCredentials is ${includes}`,
    element: `crossorigin is ${includes ? '' : 'not '}use-credentials`,
  }[api];
  return { value: includes ? 'include' : 'omit', because: `The page said so: ${said}.` };
}

const apiNames = { xhr: 'XMLHttpRequest', 'event-source': 'EventSource' } as const;

/** A page may say anything: its word counts where nothing was seen. */
export function weighed<Value extends string>(seen: Inference<Value>, asked: Inference<Value> | null): Inference<Value> {
  if (asked === null || asked.value === seen.value) return seen;
  return seen.value === 'unknown' ? asked : { ...seen, because: `${seen.because} The page said something else.` };
}

const unseen = (hop: Hop): string => (hop.requestHeaders === null
  ? 'The request was never sent, so nothing shows whether it would carry credentials.'
  : 'The request shows no sign of its credentials mode.');
