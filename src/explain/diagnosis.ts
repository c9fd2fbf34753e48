import { type BrowserProfile, browserProfiles } from '../fetch/browser-profile.ts';
import type { CorsErrorCode, NetworkError } from '../fetch/network-error.ts';
import type { CredentialsMode } from '../fetch/request.ts';
import { contains } from '../fetch/header-list.ts';
import { isRedirectStatus } from '../fetch/status.ts';
import { hostOf } from '../fetch/url.ts';
import { type Exchange, type Hop, lastHop } from '../exchange/exchange.ts';
import { type Basis, basisOf } from './basis.ts';
import type { Cause } from './causes/cause.ts';
import { causesOf } from './causes/causes.ts';
import { pastableUrl } from './causes/paste.ts';
import { type Evidence, corsErrors, mdnPage, mdnPageOf } from './cors-errors.ts';
import { type Hypothesis, type Inference, askedCredentials, askedMode, consistentHypotheses, isAbortedRedirect, isUntoldRedirect, observeCredentials, observeEnd, observeMode, weighed } from './infer.ts';
import { type JudgedResponse, judge, redirectModeOf } from './judge.ts';
import { failureOf, readingAbout } from './net-errors.ts';
import type { Owner } from './owner.ts';
import { type Reading, fetchStandard, mdnDocs } from './reading.ts';
import { type Risk, risksOf } from './risks.ts';

export type Outcome = 'allowed' | 'blocked' | 'failed' | 'pending' | 'unknown';

/** Everything that can be concluded from one exchange. */
export interface Diagnosis {
  readonly outcome: Outcome;
  readonly basis: Basis;
  readonly mode: Inference<'cors' | 'no-cors'>;
  readonly credentials: Inference<CredentialsMode>;
  /** Every response that the browser judged, with its steps, under the credentials mode that is the likelier one. */
  readonly judged: readonly JudgedResponse[];
  /** When blocked: where and why. */
  readonly block: Block | null;
  /** When failed: why it is not CORS. */
  readonly failure: Failure | null;
  /** The first one is the one to tell. */
  readonly causes: readonly Cause[];
  readonly risks: readonly Risk[];
}

export interface Failure {
  readonly kind: string;
  readonly netError: string;
  readonly owner: Owner;
  /** What follows "This is not CORS: ". */
  readonly summary: string;
  /** What to change, with the exact text; null: the summary says it all. */
  readonly fix: string | null;
  /** Text to paste where `fix` says so; null: there is none. */
  readonly code: string | null;
  readonly reading: Reading;
}

export interface Block {
  readonly at: JudgedResponse;
  readonly hop: Hop;
  readonly error: NetworkError;
  /** What the reason may be instead, where nothing shows which of them it is. */
  readonly alternatives: readonly Alternative[];
  /** What would block next on the same response, once `error` is repaired. */
  readonly otherErrors: readonly NetworkError[];
  /** Firefox's reason for the same responses, without its digit; empty: Firefox has none, or would not block. */
  readonly firefox: string;
  readonly evidence: Evidence;
}

/** A reason that the evidence cannot rule out. */
export interface Alternative {
  readonly code: CorsErrorCode;
  /** What has to be so, after "If". */
  readonly condition: string;
}

export function diagnose(exchange: Exchange, profile: BrowserProfile): Diagnosis {
  const hypotheses = consistentHypotheses(exchange, profile);
  const mode = weighed(inferMode(exchange, hypotheses, profile), askedMode(exchange));
  const credentials = weighed(inferCredentials(exchange, hypotheses), askedCredentials(exchange));
  const likely = hypotheses.find((hypothesis) => hypothesis.credentials === credentials.value) ?? hypotheses[0];
  const possible = credentials.value === 'unknown' || !likely ? hypotheses : [likely];
  const outcome = outcomeOf(exchange, mode.value, likely, possible, profile);
  const block = outcome === 'blocked' && likely?.blockedAt ? blockOf(exchange, likely, likely.blockedAt, possible, profile) : null;
  const diagnosis: Diagnosis = {
    outcome, basis: basisOf(exchange, { outcome, mode }, profile), mode, credentials, block,
    judged: mode.value === 'no-cors' ? [] : likely?.judged ?? judge(exchange, credentials.value === 'include' ? 'include' : 'omit', profile),
    failure: outcome === 'failed' ? failureOfExchange(exchange, profile) : null,
    causes: [],
    risks: [],
  };
  return {
    ...diagnosis,
    causes: causesOf(exchange, diagnosis),
    // Headers that were tried out are not the server's.
    risks: exchange.trial ? [] : risksOf(exchange, diagnosis),
  };
}

function inferMode(exchange: Exchange, hypotheses: readonly Hypothesis[], profile: BrowserProfile): Diagnosis['mode'] {
  const observed = observeMode(exchange);
  if (observed.value !== 'unknown') return observed;
  const end = observeEnd(exchange, profile);
  if (exchange.end.kind === 'completed') {
    // What an extension changed need not be all that the browser judges.
    if (hypotheses.length > 0 || exchange.trial) return observed;
    return {
      value: 'no-cors',
      because: end === 'other' ? 'The browser let a response pass that no CORS request may read.' : 'The browser withheld a response that every CORS request may read.',
    };
  }
  if (end === 'blocked' && hypotheses.some(({ blockedAt }) => blockedAt !== null)) {
    return { value: 'cors', because: 'The browser withheld a response that fails the CORS check.' };
  }
  return observed;
}

function inferCredentials(exchange: Exchange, hypotheses: readonly Hypothesis[]): Diagnosis['credentials'] {
  const observed = observeCredentials(exchange);
  if (observed.value === 'include') return observed;
  // What the browser did outweighs what the absence of a header suggests.
  const [only, second] = hypotheses;
  if (only && !second && observed.value !== only.credentials) {
    return {
      value: only.credentials,
      because: only.credentials === 'include'
        ? 'The browser did what it does only when a request carries credentials.'
        : 'The browser did what it does only when a request carries no credentials.',
    };
  }
  return observed;
}

function outcomeOf(exchange: Exchange, mode: Diagnosis['mode']['value'], likely: Hypothesis | undefined, hypotheses: readonly Hypothesis[], profile: BrowserProfile): Outcome {
  const end = observeEnd(exchange, profile);
  switch (exchange.end.kind) {
    case 'pending':
      return 'pending';
    case 'unseen':
      return 'unknown';
    case 'untold': {
      const outcome = mode === 'cors' ? computedOutcome(mode, hypotheses) : 'unknown';
      return outcome === 'allowed' && !hasFinalResponse(exchange) ? 'unknown' : outcome;
    }
    case 'completed': {
      if (mode === 'no-cors') return 'allowed';
      const outcome = end === 'other' ? 'allowed' : computedOutcome(mode, hypotheses);
      return outcome === 'allowed' && isUntoldRedirect(exchange, profile) ? 'unknown' : outcome;
    }
    case 'error':
    case 'unfollowed':
      if (isAbortedRedirect(exchange, profile)) return 'unknown';
      if (end === 'unknown') return computedOutcome(mode, hypotheses) === 'blocked' ? 'blocked' : 'unknown';
      if (end !== 'blocked' || preflightFailure(exchange, profile) !== null) return 'failed';
      if (mode !== 'no-cors' && likely?.blockedAt) return 'blocked';
      return exchange.end.kind === 'unfollowed' ? 'failed' : 'unknown';
    case 'refused': {
      if (end === 'other' || mode === 'no-cors') return 'failed';
      const outcome = computedOutcome(mode, hypotheses);
      return outcome === 'allowed' ? 'failed' : outcome;
    }
  }
}

/** Whether the last thing that is known is a response that leads nowhere else. */
function hasFinalResponse(exchange: Exchange): boolean {
  const { response } = lastHop(exchange);
  return response !== null && !(isRedirectStatus(response.status) && contains(response.headers, 'location'));
}

/** What must have become of a request whose response may have been withheld. */
function computedOutcome(mode: Diagnosis['mode']['value'], hypotheses: readonly Hypothesis[]): Outcome {
  if (hypotheses.length === 0 || hypotheses.some(({ judged }) => judged.length === 0)) return 'unknown';
  const isBlocked = hypotheses.map(({ blockedAt }) => blockedAt !== null);
  if (isBlocked.every((blocked) => !blocked)) return 'allowed';
  // Without a mode it may have been withheld as every no-cors response is.
  return mode === 'cors' && isBlocked.every((blocked) => blocked) ? 'blocked' : 'unknown';
}

/** The network error of a preflight that got no response, where the browser reports of the actual request that CORS blocked it. */
function preflightFailure(exchange: Exchange, profile: BrowserProfile): string | null {
  const { preflight } = lastHop(exchange);
  if (preflight?.from !== 'network' || preflight.response !== null || observeEnd(exchange, profile) !== 'blocked') return null;
  return preflight.error === profile.corsNetworkError ? null : preflight.error;
}

const redirectMode: Reading = { mdn: `${mdnDocs}/Web/API/Request/redirect`, spec: `${fetchStandard}#concept-request-redirect-mode` };

function failureOfExchange(exchange: Exchange, profile: BrowserProfile): Failure | null {
  const { end } = exchange;
  const told = (netError: string, shown: string): Failure => {
    const row = failureOf(netError, exchange);
    const { kind, owner, summary, fix, code } = row;
    return { kind, netError: shown, owner, summary, fix: fix ? fix(exchange) : null, code: code ? code(exchange) : null, reading: readingAbout(row) };
  };
  switch (end.kind) {
    case 'refused':
      return { kind: 'redirect-refused', netError: end.error, owner: 'client-code', summary: 'the server redirected, and the script asked for no redirects. Request the final URL.', fix: null, code: pastableUrl(lastHop(exchange).redirectedTo ?? ''), reading: redirectMode };
    case 'error': {
      const netError = preflightFailure(exchange, profile) ?? end.error;
      return told(netError, netError);
    }
    case 'unfollowed':
      return told('net::ERR_UNKNOWN_URL_SCHEME', '');
    case 'pending':
    case 'unseen':
    case 'untold':
    case 'completed':
      return null;
  }
}

function blockOf(exchange: Exchange, likely: Hypothesis, at: JudgedResponse, hypotheses: readonly Hypothesis[], profile: BrowserProfile): Block | null {
  const hop = exchange.hops[at.hop];
  const [error, ...otherErrors] = at.steps.flatMap((step) => step.errors);
  if (!hop || !error) return null;
  const inFirefox = profile.name === 'firefox' ? error : judge(exchange, likely.credentials, browserProfiles.firefox).find((response) => response.error !== null)?.error;
  return {
    at, hop, error, otherErrors,
    alternatives: alternativesOf(exchange, error.code, hypotheses, profile),
    firefox: inFirefox ? corsErrors[inFirefox.code].firefox : '',
    evidence: { origin: at.origin, host: hostOf(hop.url), method: hop.method, parameter: error.parameter, found: error.found },
  };
}

/** What to read about a diagnosis: about its error where it has one, else about CORS. */
export function readingOf({ block, failure }: Diagnosis): Reading {
  if (block) return { mdn: mdnPage(block.error.code), spec: corsErrors[block.error.code].spec };
  return failure?.reading ?? { mdn: mdnPageOf(''), spec: `${fetchStandard}#http-cors-protocol` };
}

/** Each other code once, with what it takes. */
function alternativesOf(exchange: Exchange, told: CorsErrorCode, hypotheses: readonly Hypothesis[], profile: BrowserProfile): readonly Alternative[] {
  const alternatives = new Map<CorsErrorCode, string>();
  const add = (code: CorsErrorCode | null, condition: string): void => {
    if (code !== null && code !== told && !alternatives.has(code)) alternatives.set(code, condition);
  };
  for (const { credentials, blockedAt } of hypotheses) {
    const code = blockedAt?.error?.code ?? null;
    add(code, credentials === 'include' ? 'the request carries credentials' : 'the request carries no credentials');
    add(code && inOneLine(code, profile), 'the server sent the values in one line');
    add(code && ifNotFollowed(code, exchange, profile), 'the script asked not to follow redirects');
  }
  return [...alternatives].map(([code, condition]) => ({ code, condition }));
}

/** Where lines of one name arrive merged, several values may have been one line, which then is a mismatch. */
function inOneLine(code: CorsErrorCode, { multipleAllowOriginValues }: BrowserProfile): CorsErrorCode | null {
  if (multipleAllowOriginValues !== 'merged-lines') return null;
  switch (code) {
    case 'MultipleAllowOriginValues': return 'AllowOriginMismatch';
    case 'PreflightMultipleAllowOriginValues': return 'PreflightAllowOriginMismatch';
    default: return null;
  }
}

function ifNotFollowed(code: CorsErrorCode, exchange: Exchange, { namesUnfollowedPreflightRedirect }: BrowserProfile): CorsErrorCode | null {
  return code === 'PreflightDisallowedRedirect' && !namesUnfollowedPreflightRedirect && redirectModeOf(exchange) === 'unknown' ? 'PreflightInvalidStatus' : null;
}
