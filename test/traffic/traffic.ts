import type { CorsErrorCode } from '../../src/index.ts';
import type { ExchangeReport, Report } from '../../src/report.ts';
import { knownDisagreementOf } from '../oracle/known.ts';
import { waitFor } from '../browser/chromium.ts';
import type { Kind } from './kinds.ts';
import type { Round, TrafficRequest } from './requests.ts';
import { type TrafficStage, trafficIdOf } from './stage.ts';

/** What the browser itself says of one request. One id has several where a request is made more than once. */
export type Verdict =
  | { readonly outcome: 'blocked'; readonly reason: string }
  | { readonly outcome: 'not-blocked' };

/** What the page saw of it: `untold` where nothing tells a page, `stuck` where something should have and did not. */
export type Saw = 'readable' | 'error' | 'untold' | 'stuck';

/** A real browser with the extension, its panel open on the page that makes the traffic. */
export interface TrafficBrowser {
  readonly name: string;
  /** What the browser calls what the panel names by Chrome's code; empty: it gives no reason. */
  reasonOf(code: CorsErrorCode): string;
  /** Whether it may not tell the extension how a request ended, so that the panel says that it does not know. */
  readonly leavesOpen: boolean;
  /** Whether it does not tell the extension of such a request whose it is. */
  hides(kind: Kind): boolean;
  /** Makes all requests and resolves once browser and panel have judged each that reached the network. */
  play(requests: Round): Promise<Played>;
  close(): Promise<void>;
}

export interface Played {
  readonly saw: ReadonlyMap<number, readonly Saw[]>;
  readonly verdicts: ReadonlyMap<number, readonly Verdict[]>;
  readonly report: Report;
}

export interface Wrong {
  readonly kind: string;
  readonly why: string;
  readonly request: TrafficRequest;
  readonly saw: readonly Saw[];
  readonly verdicts: readonly Verdict[];
  readonly reported: readonly ExchangeReport[];
}

export interface Figures {
  made: number;
  judged: number;
  blocked: number;
  /** The browser blocked it, and the panel named its reason beside others. */
  alternatives: number;
  /** The panel says that it does not know. */
  unknown: number;
  /** The browser hides from the panel whose request it is. */
  hidden: number;
  /** The page was told nothing, although something tells it. */
  stuck: number;
  wrong: number;
}

export interface Tally {
  /** By context, then by way and by what else happened. */
  readonly figures: ReadonlyMap<string, Figures>;
  readonly wrong: readonly Wrong[];
}

/** How many requests of one document or worker are under way at once. */
export const width = 6;

/** How many are judged together: a report is made anew whenever it is asked for. */
const roundSize = 250;

/** Milliseconds that a condition may take on a machine that has other things to do. */
export const patience = 120_000;

/** Plays the requests and compares what the panel says of each with what the browser says. */
export async function playTraffic(browser: TrafficBrowser, requests: readonly TrafficRequest[]): Promise<Tally> {
  const figures = new Map<string, Figures>();
  const wrong: Wrong[] = [];
  for (let from = 0; from < requests.length; from += roundSize) {
    await playRound(browser, new Map(requests.slice(from, from + roundSize).map((request, index) => [from + index, request])), figures, wrong);
  }
  return { figures, wrong };
}

async function playRound(browser: TrafficBrowser, round: Round, figures: Map<string, Figures>, wrong: Wrong[]): Promise<void> {
  const { saw, verdicts, report } = await browser.play(round);
  const reported = groupById(report.exchanges, (exchange) => exchange);
  round.forEach((request, id) => {
    const mine = { request, saw: saw.get(id) ?? [], verdicts: verdicts.get(id) ?? [], reported: reported.get(id) ?? [] };
    const why = isKnown(mine, report.browser.name) ? null : wrongIn(mine, browser);
    if (why !== null) wrong.push({ kind: `${request.context}/${request.way}/${request.turn}`, why, ...mine });
    for (const name of [request.context, request.way, request.turn]) {
      const sum = figures.get(name) ?? { made: 0, judged: 0, blocked: 0, alternatives: 0, unknown: 0, hidden: 0, stuck: 0, wrong: 0 };
      figures.set(name, sum);
      const isBlocked = mine.verdicts.some(({ outcome }) => outcome === 'blocked');
      sum.made += Math.max(1, mine.saw.length);
      sum.judged += mine.verdicts.length;
      if (isBlocked) sum.blocked += 1;
      if (isBlocked && mine.reported.some(({ error }) => error !== null && error.alternatives.length > 0)) sum.alternatives += 1;
      if (mine.reported.some(({ outcome }) => outcome === 'unknown')) sum.unknown += 1;
      if (browser.hides(request)) sum.hidden += 1;
      if (mine.saw.includes('stuck')) sum.stuck += 1;
      if (why !== null) sum.wrong += 1;
    }
  });
}

/** The report once it says what `isComplete` waits for, nothing is under way, and nothing changes any more. */
export async function settledReport(reportNow: () => Promise<Report>, isComplete: (report: Report) => boolean): Promise<Report> {
  let before: ReadonlySet<string> = new Set();
  let missing = '';
  return waitFor(() => `the report to settle; it lacks ${missing}`, async () => {
    const report = await reportNow();
    const told = report.exchanges.map((exchange) => JSON.stringify(exchange));
    const changed = report.exchanges.filter((_, index) => !before.has(told[index] ?? '')).map(({ method, type, url }) => `${method} ${type} ${url}`);
    const isStable = changed.length === 0 && told.length === before.size;
    before = new Set(told);
    const pending = report.exchanges.filter(({ outcome }) => outcome === 'pending').map(({ method, type, url }) => `${method} ${type} ${url}`);
    missing = pending.length > 0 ? `the end of ${pending.join(', ')}` : !isComplete(report) ? 'the last request' : isStable ? '' : `a moment without change: ${changed.join(', ')}`;
    return missing === '' ? report : undefined;
  }, patience);
}

/** What was told of each request, by the ids in the URLs. */
export function groupById<Told extends { readonly url: string }, Value>(all: readonly Told[], valueOf: (told: Told) => Value): ReadonlyMap<number, readonly Value[]> {
  const groups = new Map<number, Value[]>();
  for (const told of all) {
    const id = trafficIdOf(told.url);
    const group = groups.get(id);
    if (group) group.push(valueOf(told));
    else groups.set(id, [valueOf(told)]);
  }
  return groups;
}

/** What the panel gets wrong about a request; null: nothing. */
function wrongIn({ request, saw, verdicts, reported }: Omit<Wrong, 'kind' | 'why'>, { reasonOf, hides, leavesOpen }: TrafficBrowser): string | null {
  if (hides(request)) return reported.length === 0 ? null : 'it is in the report, and nothing tells whose it is';
  if (verdicts.length > 0 && reported.length === 0) return 'it is not in the report';
  if (reported.some(({ outcome }) => outcome === 'pending')) return 'the panel says that it is under way';
  const reasons = verdicts.flatMap((verdict) => (verdict.outcome === 'blocked' ? [verdict.reason] : []));
  for (const reason of new Set(reasons)) {
    const told = reported.filter((exchange) => namedIn(exchange, reasonOf).includes(reason) || (leavesOpen && exchange.outcome === 'unknown'));
    if (told.length < reasons.filter((other) => other === reason).length) {
      return `the browser says ${reasons.join(', ')}, the panel ${reported.map((exchange) => exchange.error?.code ?? exchange.outcome).join(', ')}`;
    }
  }
  // Where the browser has no name for the panel's reason, there is nothing to compare.
  const accused = reported.filter(({ error }) => error !== null && reasonOf(error.code as CorsErrorCode) !== '');
  if (accused.length > reasons.length) return `the browser says ${reasons.join(', ') || 'nothing'}, the panel ${accused.map(({ error }) => error?.code).join(', ')}`;
  if (saw.length > 0 && saw.every((one) => one === 'readable') && accused.length > 0) return `the page could read it, the panel says ${accused[0]?.error?.code}`;
  return null;
}

/** Whether it is a disagreement that nothing the extension sees can settle. */
const isKnown = ({ request, verdicts, reported }: Omit<Wrong, 'kind' | 'why'>, browser: Report['browser']['name']): boolean =>
  verdicts.some((verdict) => reported.some((exchange) => knownDisagreementOf({
    case: request.case, reported: exchange,
    verdict: verdict.outcome === 'blocked' ? { ...verdict, parameter: null } : { outcome: 'failed', netError: '' },
  }, browser) !== undefined));

const namedIn = ({ error }: ExchangeReport, reasonOf: TrafficBrowser['reasonOf']): readonly string[] =>
  (error === null ? [] : [error.code, ...error.alternatives].map((code) => reasonOf(code as CorsErrorCode)));

export function table({ figures }: Tally): string {
  const columns = ['made', 'judged', 'blocked', 'alternatives', 'unknown', 'hidden', 'stuck', 'wrong'] as const;
  const line = (name: string, cells: readonly (string | number)[]): string => name.padEnd(20) + cells.map((cell) => String(cell).padStart(13)).join('');
  return [line('', columns), ...[...figures].map(([name, row]) => line(name, columns.map((column) => row[column])))].join('\n');
}

export type OpenTrafficBrowser = (extension: string, stage: TrafficStage) => Promise<TrafficBrowser>;
