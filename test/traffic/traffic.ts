import type { CorsErrorCode } from '../../src/index.ts';
import type { ExchangeReport, Report } from '../../src/report.ts';
import type { TrafficRequest } from './requests.ts';
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
  /** Makes all requests and resolves once browser and panel have judged each that reached the network. */
  play(requests: readonly TrafficRequest[]): Promise<Played>;
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
  wrong: number;
}

export interface Tally {
  /** By context, then by way and by what else happened. */
  readonly figures: ReadonlyMap<string, Figures>;
  readonly wrong: readonly Wrong[];
}

/** How many requests of one document or worker are under way at once. */
export const width = 6;

/** Plays the requests and compares what the panel says of each with what the browser says. */
export async function playTraffic(browser: TrafficBrowser, requests: readonly TrafficRequest[]): Promise<Tally> {
  const { saw, verdicts, report } = await browser.play(requests);
  const reported = groupById(report.exchanges, (exchange) => exchange);
  const figures = new Map<string, Figures>();
  const wrong: Wrong[] = [];
  requests.forEach((request, id) => {
    const mine = { request, saw: saw.get(id) ?? [], verdicts: verdicts.get(id) ?? [], reported: reported.get(id) ?? [] };
    const why = wrongIn(mine, browser);
    if (mine.saw.includes('stuck')) console.log('stuck', JSON.stringify(request), JSON.stringify(mine.verdicts));
    if (why !== null) wrong.push({ kind: `${request.context}/${request.way}/${request.turn}`, why, ...mine });
    for (const name of [request.context, request.way, request.turn]) {
      const sum = figures.get(name) ?? { made: 0, judged: 0, blocked: 0, alternatives: 0, unknown: 0, wrong: 0 };
      figures.set(name, sum);
      const isBlocked = mine.verdicts.some(({ outcome }) => outcome === 'blocked');
      sum.made += Math.max(1, mine.saw.length);
      sum.judged += mine.verdicts.length;
      if (isBlocked) sum.blocked += 1;
      if (isBlocked && mine.reported.some(({ error }) => error !== null && error.alternatives.length > 0)) sum.alternatives += 1;
      if (mine.reported.some(({ outcome }) => outcome === 'unknown')) sum.unknown += 1;
      if (why !== null) sum.wrong += 1;
    }
  });
  return { figures, wrong };
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
function wrongIn({ verdicts, reported }: Pick<Wrong, 'verdicts' | 'reported'>, { reasonOf }: TrafficBrowser): string | null {
  const reasons = new Set(verdicts.flatMap((verdict) => (verdict.outcome === 'blocked' ? [verdict.reason] : [])));
  if (verdicts.length > 0 && reported.length === 0) return 'it is not in the report';
  if (reported.some(({ outcome }) => outcome === 'pending')) return 'the panel says that it is under way';
  for (const reason of reasons) {
    if (!reported.some((exchange) => namedIn(exchange, reasonOf).includes(reason))) {
      return `the browser says ${reason}, the panel ${reported.map((exchange) => exchange.error?.code ?? exchange.outcome).join(', ')}`;
    }
  }
  // Where the browser has no name for the panel's reason, there is nothing to compare.
  const accused = reported.filter(({ error }) => error !== null && reasonOf(error.code as CorsErrorCode) !== '');
  if (accused.length > 0 && reasons.size === 0) return `the browser blocked nothing, the panel says ${accused[0]?.error?.code}`;
  return null;
}

const namedIn = ({ error }: ExchangeReport, reasonOf: TrafficBrowser['reasonOf']): readonly string[] =>
  (error === null ? [] : [error.code, ...error.alternatives].map((code) => reasonOf(code as CorsErrorCode)));

export function table({ figures }: Tally): string {
  const columns = ['made', 'judged', 'blocked', 'alternatives', 'unknown', 'wrong'] as const;
  const line = (name: string, cells: readonly (string | number)[]): string => name.padEnd(20) + cells.map((cell) => String(cell).padStart(13)).join('');
  return [line('', columns), ...[...figures].map(([name, row]) => line(name, columns.map((column) => row[column])))].join('\n');
}

export type OpenTrafficBrowser = (extension: string, stage: TrafficStage) => Promise<TrafficBrowser>;
