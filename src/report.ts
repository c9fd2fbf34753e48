import type { BrowserProfile } from './fetch/browser-profile.ts';
import type { HeaderList } from './fetch/header-list.ts';
import { type Exchange, type Gap, type Preflight, lastHop } from './exchange/exchange.ts';
import type { Diagnosis } from './explain/diagnosis.ts';
import type { Cause } from './explain/causes/cause.ts';
import { type OtherBrowser, otherBrowserOf } from './explain/other-browser.ts';
import { type Redaction, redactions } from './explain/redact.ts';
import type { Risk } from './explain/risks.ts';
import { type ReportSource, diagnosedOf } from './explain/session.ts';

/** Everything that was recorded, as a plain object: what `corsInspector.report()` gives and Export → JSON saves. */
export interface Report {
  readonly format: 'cors-inspector';
  readonly version: 1;
  /** `cors-inspector` and the extension's version. */
  readonly generator: string;
  readonly browser: { readonly name: 'chromium' | 'firefox'; readonly version: string };
  /** URL of the inspected page. */
  readonly page: string;
  /** In the order in which the requests began. */
  readonly exchanges: readonly ExchangeReport[];
  /** When nothing was heard of the network: requests of then are missing, or their outcome is unknown. */
  readonly gaps: readonly Gap[];
  /** How many exchanges made room for later ones: the oldest allowed ones first, then the oldest of the rest. */
  readonly dropped: number;
}

export interface ExchangeReport {
  readonly id: string;
  /** Of the first hop. */
  readonly url: string;
  readonly method: string;
  /** As webRequest names it. */
  readonly type: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly origin: string;
  readonly mode: { readonly value: 'cors' | 'no-cors' | 'unknown'; readonly because: string };
  readonly credentials: { readonly value: 'include' | 'omit' | 'unknown'; readonly because: string };
  readonly preflight: null | {
    readonly from: 'network' | 'cache';
    readonly status: number | null;
    readonly requestHeaders: HeaderList;
    readonly responseHeaders: HeaderList;
  };
  /** The hops before the last. */
  readonly redirects: readonly { readonly url: string; readonly status: number }[];
  readonly response: null | { readonly url: string; readonly status: number; readonly fromCache: boolean; readonly headers: HeaderList };
  /** Whether the responses here are as a trial changed them in the browser; `unclear`: it began or ended meanwhile. Null: as the server sent them. */
  readonly trial: NonNullable<Exchange['trial']> | null;
  readonly outcome: Diagnosis['outcome'];
  readonly basis: Diagnosis['basis'];
  readonly error: null | {
    readonly code: string;
    readonly parameter: string;
    readonly firefox: string;
    readonly alternatives: readonly string[];
  };
  readonly otherErrors: readonly string[];
  readonly failure: null | { readonly kind: string; readonly netError: string };
  readonly causes: readonly Cause[];
  readonly risks: readonly Pick<Risk, 'id' | 'severity' | 'summary'>[];
  /** What the other browser would have decided; null where that is the same, or not known. */
  readonly otherBrowser: null | {
    readonly name: OtherBrowser['name'];
    /** Unknown: it would have sent what this browser did not send. */
    readonly outcome: OtherBrowser['decision']['outcome'];
    /** When blocked or failed: as that browser names it, Firefox's without its digit; null: it has no name for it. */
    readonly reason: string | null;
    /** Ids of what the two browsers do differently here. */
    readonly differences: readonly string[];
  };
}

export function reportOf({ generator, profile, browserVersion, page, exchanges, gaps, dropped, secrets = 'redacted' }: ReportSource): Report {
  const redaction = redactions[secrets];
  return {
    format: 'cors-inspector',
    version: 1,
    generator,
    browser: { name: profile.name, version: browserVersion },
    page: redaction.url(page),
    exchanges: diagnosedOf({ exchanges, profile }).map(({ exchange, diagnosis }) => exchangeReportOf(exchange, diagnosis, profile, redaction)),
    gaps,
    dropped,
  };
}

export function exchangeReportOf(exchange: Exchange, diagnosis: Diagnosis, profile: BrowserProfile, redaction: Redaction = redactions.redacted): ExchangeReport {
  const { block } = diagnosis;
  const [first] = exchange.hops;
  const last = lastHop(exchange);
  const preflight = (block?.hop ?? last).preflight;
  return {
    id: exchange.id,
    url: redaction.url(first.url),
    method: first.method,
    type: exchange.type,
    startedAt: exchange.startedAt,
    origin: exchange.origin,
    mode: diagnosis.mode,
    credentials: diagnosis.credentials,
    preflight: preflight && preflightReportOf(preflight, redaction),
    redirects: exchange.hops.slice(0, -1).map(({ url, response }) => ({ url: redaction.url(url), status: response?.status ?? 0 })),
    response: last.response && {
      url: redaction.url(last.url),
      status: last.response.status,
      fromCache: exchange.end.kind === 'completed' && exchange.end.fromCache,
      headers: redaction.headers(last.response.headers),
    },
    trial: exchange.trial ?? null,
    outcome: diagnosis.outcome,
    basis: diagnosis.basis,
    error: block && {
      code: block.error.code,
      parameter: block.error.parameter,
      firefox: block.firefox,
      alternatives: block.alternatives.map(({ code }) => code),
    },
    otherErrors: block ? block.otherErrors.map(({ code }) => code) : [],
    failure: diagnosis.failure && { kind: diagnosis.failure.kind, netError: diagnosis.failure.netError },
    causes: diagnosis.causes,
    risks: diagnosis.risks.map(({ id, severity, summary }) => ({ id, severity, summary })),
    otherBrowser: otherBrowserReportOf(otherBrowserOf(exchange, diagnosis, profile)),
  };
}

const otherBrowserReportOf = (other: OtherBrowser | null): ExchangeReport['otherBrowser'] => other && {
  name: other.name,
  outcome: other.decision.outcome,
  reason: 'reason' in other.decision ? other.decision.reason : null,
  differences: other.because.map(({ id }) => id),
};

function preflightReportOf(preflight: Preflight, redaction: Redaction): ExchangeReport['preflight'] {
  const seen = preflight.from === 'network' ? preflight : preflight.source;
  return {
    from: preflight.from,
    status: preflight.from === 'network' ? preflight.response?.status ?? null : null,
    requestHeaders: redaction.headers(seen?.requestHeaders ?? []),
    responseHeaders: redaction.headers(seen?.response?.headers ?? []),
  };
}
