import { byteLowercase } from '../fetch/byte.ts';
import { type BrowserProfile, browserProfiles } from '../fetch/browser-profile.ts';
import type { Phase } from '../fetch/cors-check.ts';
import { createCorsPreflightCache } from '../fetch/cors-preflight-cache.ts';
import { corsUnsafeRequestHeaderNames } from '../fetch/cors-unsafe-request-header-names.ts';
import { type HeaderList, get } from '../fetch/header-list.ts';
import { isRefusedUnread, locationUrl } from '../fetch/location.ts';
import { isCorsSafelistedMethod } from '../fetch/method.ts';
import type { NetworkError, StepId } from '../fetch/network-error.ts';
import { isSameOrigin, serializeOrigin } from '../fetch/origin.ts';
import { byteSerializeRequestOrigin } from '../fetch/redirect-taint.ts';
import { isCorsSafelistedRequestHeader } from '../fetch/request-header.ts';
import type { CredentialsMode } from '../fetch/request.ts';
import { isRedirectStatus } from '../fetch/status.ts';
import type { Exchange, Hop, Preflight, SeenResponse } from '../exchange/exchange.ts';
import { requestedHeaderNames } from '../exchange/preflight-request.ts';
import { type BrowserDifference, type ProfileField, browserDifferences } from './browser-differences.ts';
import { nameIn } from './cors-errors.ts';
import type { Diagnosis } from './diagnosis.ts';
import { type JudgedResponse, isFollowed, judge } from './judge.ts';
import { failureOf } from './net-errors.ts';

/** How the browsers are called. */
export const browserNames = { chromium: 'Chrome', firefox: 'Firefox' } as const;

/** What the other browser would have decided about the same requests and responses, where that is something else. */
export interface OtherBrowser {
  readonly name: keyof typeof browserNames;
  readonly decision: OtherDecision;
  /** What the two browsers do differently, as far as it matters here; never empty. */
  readonly because: readonly BrowserDifference[];
}

export type OtherDecision =
  | { readonly outcome: 'allowed' }
  | {
    readonly outcome: 'blocked';
    readonly hop: number;
    readonly phase: Phase;
    /** Where it would stop. */
    readonly step: StepId;
    readonly error: NetworkError;
    /** The reason that it would give, as it names them; null: it has no name for it. */
    readonly reason: string | null;
  }
  /** A failure that is not CORS, and its CORS reason all the same, if it gives one. */
  | { readonly outcome: 'failed'; readonly reason: string | null }
  /** It would have sent what this browser did not send, so nobody saw the answer. Not sure: only if a script set a header that the browser may have set. */
  | { readonly outcome: 'unknown'; readonly hop: number; readonly unseen: Phase; readonly isSure: boolean };

/** How far a browser gets with the responses that were seen. */
type Course =
  | { readonly kind: 'passed' }
  /** Led to where no fetch goes. */
  | { readonly kind: 'failed' }
  | { readonly kind: 'blocked'; readonly at: JudgedResponse; readonly step: StepId; readonly error: NetworkError }
  | { readonly kind: 'unseen'; readonly hop: number; readonly phase: Phase; readonly isSure: boolean };

const others: Readonly<Record<BrowserProfile['name'], OtherBrowser['name']>> = { standard: 'firefox', chromium: 'firefox', firefox: 'chromium' };

/** Null: it would have decided the same, or what was seen does not show that it would not. */
export function otherBrowserOf(exchange: Exchange, diagnosis: Diagnosis, profile: BrowserProfile): OtherBrowser | null {
  const { outcome, mode, credentials, failure } = diagnosis;
  const other = browserProfiles[others[profile.name]];
  if (mode.value !== 'cors' || outcome === 'pending' || outcome === 'unknown') return null;
  if (failure && failureOf(failure.netError).everywhere) return otherFailure(profile, other);
  const modes = (['omit', 'include'] as const).filter((one) => credentials.value === 'unknown' || credentials.value === one);
  const found = modes.map((one) => otherCourse(exchange, one, profile, other))
    // What this browser did rules some of them out.
    .filter(({ own }) => own.kind === (outcome === 'allowed' ? 'passed' : outcome));
  const [first] = found;
  // Where nothing shows the credentials mode, only what holds under both is said.
  if (!first || !found.every(({ course }) => isSame(first.course, course, other))) return null;
  return found.some(({ because }) => because.length === 0) ? null : { name: others[profile.name], decision: decisionOf(first.course, other), because: first.because };
}

function otherFailure(profile: BrowserProfile, other: BrowserProfile): OtherBrowser | null {
  if (profile.failureReason === other.failureReason) return null;
  return { name: others[profile.name], decision: { outcome: 'failed', reason: other.failureReason }, because: differencesIn('failureReason') };
}

const differencesIn = (field: ProfileField): readonly BrowserDifference[] => browserDifferences.filter((difference) => difference.field === field);

/** How far both browsers get, and what they do differently on the way; nothing if they get equally far. */
function otherCourse(exchange: Exchange, credentials: CredentialsMode, profile: BrowserProfile, other: BrowserProfile): { readonly own: Course; readonly course: Course; readonly because: readonly BrowserDifference[] } {
  const own = courseIn(exchange, credentials, profile, profile);
  const course = courseIn(exchange, credentials, profile, other);
  const differs = (like: BrowserProfile): boolean => !isSame(own, courseIn(exchange, credentials, profile, like), other);
  return { own, course, because: isSame(own, course, other) ? [] : reasonsOf(differs, profile, other) };
}

/** The fewest differences without which the other browser would decide the same. */
function reasonsOf(differs: (like: BrowserProfile) => boolean, profile: BrowserProfile, other: BrowserProfile): readonly BrowserDifference[] {
  const without = (differences: readonly BrowserDifference[]): BrowserProfile => differences.reduce((like, { even }) => even(like, profile), other);
  return browserDifferences.reduce((needed, difference) => {
    const fewer = needed.filter((one) => one !== difference);
    return differs(without(fewer)) ? needed : fewer;
  }, browserDifferences);
}

function decisionOf(course: Course, profile: BrowserProfile): OtherDecision {
  switch (course.kind) {
    case 'passed':
      return { outcome: 'allowed' };
    case 'failed':
      return { outcome: 'failed', reason: profile.failureReason };
    case 'blocked': {
      const { at: { hop, phase }, step, error } = course;
      return { outcome: 'blocked', hop, phase, step, error, reason: nameIn(profile, error.code) };
    }
    case 'unseen':
      return { outcome: 'unknown', hop: course.hop, unseen: course.phase, isSure: course.isSure };
  }
}

function isSame(own: Course, course: Course, other: BrowserProfile): boolean {
  if (own.kind === 'unseen' && course.kind === 'unseen') return own.hop === course.hop && own.phase === course.phase;
  if (own.kind !== 'blocked' || course.kind !== 'blocked') return own.kind === course.kind;
  if (own.at.hop !== course.at.hop || own.at.phase !== course.at.phase) return false;
  if (own.error.code.endsWith('AllowOriginMismatch') && course.error.code.endsWith('InvalidAllowOriginValue') && mayBeUrl(course.error)) return true;
  return own.error.code === course.error.code
    // Which of several headers is named first is only sure where it goes by name.
    && (other.headerOrder !== 'name' || own.error.parameter === course.error.parameter);
}

/** Whether a value with a scheme is a URL is for each browser's own parser to say. */
const mayBeUrl = ({ found }: NetworkError): boolean => /^[a-z][a-z0-9+.-]*:/i.test(found ?? '');

/** How far a browser of this profile gets with what one of the profile `seenBy` did and was told. */
function courseIn(exchange: Exchange, credentials: CredentialsMode, seenBy: BrowserProfile, profile: BrowserProfile): Course {
  const hops: Hop[] = [];
  let end: Course = { kind: 'passed' };
  for (const [index, hop] of exchange.hops.entries()) {
    const preflight = preflightIn(exchange, index, credentials, seenBy, profile);
    if (preflight === 'unseen' || preflight === 'perhaps unseen') {
      end = { kind: 'unseen', hop: index, phase: 'preflight', isSure: preflight === 'unseen' };
      break;
    }
    hops.push({ ...hop, preflight });
    if (hop.response && isFollowed(exchange, hop) && leadsNowhere(hop.response, hop.url, profile)) {
      end = { kind: 'failed' };
      break;
    }
    if (hop.response === null || (!profile.ignoresEmptyLocation && seenBy.ignoresEmptyLocation && leadsBack(hop.response))) {
      end = { kind: 'unseen', hop: index, phase: 'actual', isSure: true };
      break;
    }
  }
  const [first, ...rest] = hops;
  const at = first && judge({ ...exchange, hops: [first, ...rest] }, credentials, profile).find(({ error }) => error !== null);
  const step = at?.steps.find(({ errors }) => errors.length > 0);
  const [error] = step?.errors ?? [];
  if (!at || !step || !error) return end;
  // A server that was never asked for a header may allow it when it is.
  if (step.id === 'request-headers' && !askedHeaderNames(exchange.hops[at.hop]?.preflight ?? null).includes(error.parameter)) {
    return { kind: 'unseen', hop: at.hop, phase: 'preflight', isSure: !seenBy.furtherSafelistedRequestHeaders.has(error.parameter) };
  }
  return { kind: 'blocked', at, step: step.id, error };
}

/** Whether a redirect fails for where it leads, and not for CORS. */
function leadsNowhere(response: SeenResponse, url: string, profile: BrowserProfile): boolean {
  const location = locationUrl(response, url, profile);
  return isRefusedUnread(response, url, profile) || (location !== null && profile.unsafeRedirectSchemes.has(new URL(location).protocol));
}

/** Whether it redirects to an empty Location. */
const leadsBack = ({ status, headers }: SeenResponse): boolean => isRedirectStatus(status) && get(headers, 'location') === '';

/** The preflight as a browser of this profile would have made it, with the answer that was seen; or that its answer was not seen. */
function preflightIn(exchange: Exchange, index: number, credentials: CredentialsMode, seenBy: BrowserProfile, profile: BrowserProfile): Preflight | 'unseen' | 'perhaps unseen' | null {
  const hop = exchange.hops[index] ?? exchange.hops[0];
  const urls = exchange.hops.slice(0, index + 1).map(({ url }) => url);
  if (seenBy === profile || urls.every((url) => isSameOrigin(exchange.origin, serializeOrigin(url)))) return hop.preflight;
  const { names, maybe } = unsafeHeaderNames(hop, seenBy, profile);
  const isNeeded = names.length > 0
    || (hop.preflight !== null && !isCorsSafelistedMethod(hop.method))
    || (profile.preflightsAgain && exchange.hops.slice(0, index).some(({ preflight }) => preflight !== null));
  if (!isNeeded) return maybe.length > 0 ? 'perhaps unseen' : null;
  switch (hop.preflight?.from) {
    case undefined:
      return 'unseen';
    case 'cache':
      return isCached(exchange.origin, hop, names, credentials, profile) ? hop.preflight : 'unseen';
    case 'network': {
      const { requestHeaders, response } = hop.preflight;
      if (requestHeaders === null || response === null) return hop.preflight;
      const origin = profile.taintsPreflight ? byteSerializeRequestOrigin(exchange.origin, urls) : exchange.origin;
      // A server chooses its answer by the origin, unless it allows any.
      if (origin !== get(requestHeaders, 'origin') && get(response.headers, 'access-control-allow-origin') !== '*') return 'unseen';
      return { ...hop.preflight, requestHeaders: asking(requestHeaders, origin, [...names, ...maybe]) };
    }
  }
}

const askedHeaderNames = (preflight: Preflight | null): readonly string[] =>
  requestedHeaderNames((preflight?.from === 'network' ? preflight : preflight?.source)?.requestHeaders ?? []);

function asking(headers: HeaderList, origin: string, names: readonly string[]): HeaderList {
  const rest = headers.filter(([name]) => !['origin', 'access-control-request-headers'].includes(byteLowercase(name)));
  return [...rest, ['Origin', origin], ...(names.length === 0 ? [] : [['Access-Control-Request-Headers', [...names].sort().join(',')] as const])];
}

/**
 * The names that a browser of this profile would ask a preflight for, and those that it might: a header that only this
 * browser safelists may be one that it set itself, and then no script of the page did.
 */
function unsafeHeaderNames(hop: Hop, seenBy: BrowserProfile, profile: BrowserProfile): { readonly names: readonly string[]; readonly maybe: readonly string[] } {
  const asked = new Set(askedHeaderNames(hop.preflight));
  if (hop.requestHeaders === null) return { names: [...asked], maybe: [] };
  const safelistedHere = hop.requestHeaders.filter(([name, value]) => isCorsSafelistedRequestHeader(name, value, seenBy));
  const safelistedNames = new Set(safelistedHere.map(([name]) => byteLowercase(name)));
  const onlyHere = new Set(corsUnsafeRequestHeaderNames(safelistedHere, { ...profile, safelistValueSizeLimit: null }));
  const isSure = (name: string): boolean => asked.has(name) || (onlyHere.has(name) && !seenBy.furtherSafelistedRequestHeaders.has(name));
  // What is neither asked for nor safelisted was set by the browser, after it had decided.
  const unsafe = corsUnsafeRequestHeaderNames(hop.requestHeaders, profile).filter((name) => asked.has(name) || safelistedNames.has(name));
  return { names: unsafe.filter(isSure), maybe: unsafe.filter((name) => !isSure(name)) };
}

/** Whether the cache of such a browser would serve the request, too, had it seen what filled this one's; also where that was not seen. */
function isCached(origin: string, hop: Hop, unsafeHeaderNames: readonly string[], credentials: CredentialsMode, profile: BrowserProfile): boolean {
  const source = hop.preflight?.from === 'cache' ? hop.preflight.source : null;
  if (!source?.response) return true;
  const cache = createCorsPreflightCache<true>(profile);
  // Which credentials mode filled the cache is not known. The one that serves more is no reason to ask again.
  for (const filledWith of ['omit', 'include'] as const) {
    cache.store({ origin, credentials: filledWith, method: hop.method, unsafeHeaderNames }, hop.url, source.response, true, 0);
    if (cache.match({ origin, credentials, method: hop.method, unsafeHeaderNames }, hop.url, 0) === true) return true;
    cache.clear();
  }
  return false;
}
