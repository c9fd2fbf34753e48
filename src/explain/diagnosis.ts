import { type BrowserProfile, browserProfiles } from '../fetch/browser-profile.ts';
import type { CorsErrorCode, NetworkError } from '../fetch/network-error.ts';
import type { CredentialsMode } from '../fetch/request.ts';
import { type Exchange, type Hop, lastHop } from '../exchange/exchange.ts';
import { type Cause, causesOf } from './causes.ts';
import { type Evidence, corsErrors } from './cors-errors.ts';
import { type Hypothesis, type Inference, consistentHypotheses, isBlock, observeCredentials, observeMode } from './infer.ts';
import { type JudgedResponse, judge } from './judge.ts';
import { failureOf } from './net-errors.ts';
import type { Owner } from './owner.ts';
import { type Risk, risksOf } from './risks.ts';

export type Outcome = 'allowed' | 'blocked' | 'failed' | 'pending' | 'unknown';

/** Everything that can be concluded from one exchange. */
export interface Diagnosis {
  readonly outcome: Outcome;
  readonly mode: Inference<'cors' | 'no-cors'>;
  readonly credentials: Inference<CredentialsMode>;
  /** Every response that the browser judged, with its steps, under the credentials mode that is the likelier one. */
  readonly judged: readonly JudgedResponse[];
  /** When blocked: where and why. */
  readonly block: Block | null;
  /** When failed: why it is not CORS. */
  readonly failure: { readonly kind: string; readonly netError: string; readonly owner: Owner; readonly summary: string } | null;
  /** The first one is the one to tell. */
  readonly causes: readonly Cause[];
  readonly risks: readonly Risk[];
}

export interface Block {
  readonly at: JudgedResponse;
  readonly hop: Hop;
  readonly error: NetworkError;
  /** Codes that the other credentials mode would give, where nothing shows which of the two it is. */
  readonly alternatives: readonly CorsErrorCode[];
  /** What would block next on the same response, once `error` is repaired. */
  readonly otherErrors: readonly NetworkError[];
  /** Firefox's reason for the same responses, without its digit; empty: Firefox has none, or would not block. */
  readonly firefox: string;
  readonly evidence: Evidence;
}

export function diagnose(exchange: Exchange, profile: BrowserProfile): Diagnosis {
  const hypotheses = consistentHypotheses(exchange, profile);
  const mode = inferMode(exchange, hypotheses, profile);
  const credentials = inferCredentials(exchange, hypotheses);
  const likely = hypotheses.find((hypothesis) => hypothesis.credentials === credentials.value) ?? hypotheses[0];
  const outcome = outcomeOf(exchange, mode.value, likely, profile);
  const block = outcome === 'blocked' && likely?.blockedAt ? blockOf(exchange, likely, likely.blockedAt, credentials.value === 'unknown' ? hypotheses : [likely]) : null;
  const diagnosis: Diagnosis = {
    outcome, mode, credentials, block,
    judged: mode.value === 'no-cors' ? [] : likely?.judged ?? judge(exchange, credentials.value === 'include' ? 'include' : 'omit', profile),
    failure: outcome === 'failed' ? failureOfExchange(exchange) : null,
    causes: [],
    risks: [],
  };
  return { ...diagnosis, causes: causesOf(exchange, diagnosis), risks: risksOf(exchange, diagnosis) };
}

function inferMode(exchange: Exchange, hypotheses: readonly Hypothesis[], profile: BrowserProfile): Diagnosis['mode'] {
  const observed = observeMode(exchange);
  if (observed.value !== 'unknown') return observed;
  if (exchange.end.kind === 'completed' && hypotheses.length === 0) {
    return { value: 'no-cors', because: 'The browser let a response pass that no CORS request may read.' };
  }
  if (isBlock(exchange, profile) && hypotheses.some(({ blockedAt }) => blockedAt !== null)) {
    return { value: 'cors', because: 'The browser withheld a response that fails the CORS check.' };
  }
  return observed;
}

function inferCredentials(exchange: Exchange, hypotheses: readonly Hypothesis[]): Diagnosis['credentials'] {
  const observed = observeCredentials(exchange);
  // What the browser did outweighs what a header suggests.
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

function outcomeOf(exchange: Exchange, mode: Diagnosis['mode']['value'], likely: Hypothesis | undefined, profile: BrowserProfile): Outcome {
  switch (exchange.end.kind) {
    case 'pending':
      return 'pending';
    case 'unseen':
      return 'unknown';
    case 'completed':
      return 'allowed';
    case 'error':
    case 'unfollowed':
      // A redirect that was not followed: handed to the script, refused, or cut off. Only the network log can tell.
      if (exchange.end.kind === 'error' && exchange.end.error === profile.abortNetworkError && lastHop(exchange).redirectedTo !== null) return 'unknown';
      if (!isBlock(exchange, profile)) return 'failed';
      if (mode !== 'no-cors' && likely?.blockedAt) return 'blocked';
      return exchange.end.kind === 'unfollowed' ? 'failed' : 'unknown';
    case 'refused':
      return 'failed';
  }
}

function failureOfExchange({ end }: Exchange): Diagnosis['failure'] {
  switch (end.kind) {
    case 'refused':
      return { kind: 'redirect-refused', netError: end.error, owner: 'client-code', summary: 'the server redirected, and the script asked for no redirects. Request the final URL.' };
    case 'error': {
      const { kind, owner, summary } = failureOf(end.error);
      return { kind, netError: end.error, owner, summary };
    }
    case 'unfollowed': {
      const { kind, owner, summary } = failureOf('net::ERR_UNKNOWN_URL_SCHEME');
      return { kind, netError: '', owner, summary };
    }
    case 'pending':
    case 'unseen':
    case 'completed':
      return null;
  }
}

function blockOf(exchange: Exchange, likely: Hypothesis, at: JudgedResponse, hypotheses: readonly Hypothesis[]): Block | null {
  const hop = exchange.hops[at.hop];
  const [error, ...otherErrors] = at.steps.flatMap((step) => step.errors);
  if (!hop || !error) return null;
  const codes = hypotheses.flatMap(({ blockedAt }) => blockedAt?.error?.code ?? []);
  const inFirefox = judge(exchange, likely.credentials, browserProfiles.firefox).find((response) => response.error !== null)?.error;
  return {
    at, hop, error, otherErrors,
    alternatives: [...new Set(codes)].filter((code) => code !== error.code),
    firefox: inFirefox ? corsErrors[inFirefox.code].firefox : '',
    evidence: { origin: at.origin, host: hostOf(hop.url), method: hop.method, parameter: error.parameter, found: error.found },
  };
}

export const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : url);
