import { type Diagnosis, type Exchange, type HeaderList, type Hop, type SeenResponse, corsErrors, headerValue, hostOf, requestedHeaderNames, shorten } from '../../../src/index.ts';
import { type Mark, marksOf } from './marks.ts';
import { pathOf, shortEvidence } from './row.ts';

export type Party = 'page' | 'browser' | 'server';

/** One line of the diagram: a message, or what the browser did with one. */
export type Line =
  | {
    readonly kind: 'message';
    readonly from: Party;
    readonly to: Party;
    /** `never`: it was not sent. `bad`: what stopped the request. */
    readonly state: 'sent' | 'bad' | 'never';
    readonly label: string;
    /** The header that decides, or what is missing; empty: nothing to show. */
    readonly decisive: string;
  }
  | { readonly kind: 'verdict'; readonly mark: Mark; readonly label: string };

export interface Diagram {
  /** Under the names of the parties. */
  readonly page: string;
  readonly server: string;
  readonly lines: readonly Line[];
}

/** A redirect may be followed twenty times. */
const mostHops = 6;

/** What went between page, browser and server, as far as it was seen. */
export function diagramOf(exchange: Exchange, diagnosis: Diagnosis): Diagram {
  const { block } = diagnosis;
  const marks = marksOf(exchange, diagnosis);
  const stoppedAt = block?.at.hop ?? exchange.hops.length - 1;
  const hops = exchange.hops.slice(0, stoppedAt + 1);
  const stop = hops[stoppedAt] ?? exchange.hops[0];
  const [first] = hops;
  const { credentials } = diagnosis;
  return {
    page: shorten(exchange.origin, 60),
    server: shorten(hostOf(stop.url), 60),
    lines: [
      message('page', 'browser', `${first?.method ?? ''} ${shorten(pathOf(first?.url ?? ''), 80)}`, credentials.value === 'unknown' ? '' : `credentials: ${credentials.value}`),
      ...(hops.length > mostHops ? [{ kind: 'verdict', mark: 'passed', label: `${hops.length - mostHops} redirects before` } as const] : []),
      ...hops.slice(-mostHops).flatMap((hop) => linesOfHop(hop, hop === stop, stop, diagnosis, marks)),
      ending(exchange, diagnosis),
    ],
  };
}

function linesOfHop(hop: Hop, isStop: boolean, stop: Hop, diagnosis: Diagnosis, marks: ReturnType<typeof marksOf>): readonly Line[] {
  const { block } = diagnosis;
  const elsewhere = hostOf(hop.url) === hostOf(stop.url) ? '' : ` to ${shorten(hostOf(hop.url), 60)}`;
  const isBlockedAt = (phase: 'preflight' | 'actual'): boolean => isStop && block?.at.phase === phase;
  const lines: Line[] = [];
  const { preflight } = hop;
  if (preflight?.from === 'cache') lines.push({ kind: 'verdict', mark: 'cache', label: 'The preflight\'s answer was in the cache' });
  if (preflight?.from === 'network') {
    const names = requestedHeaderNames(preflight.requestHeaders ?? []).slice(0, 8).map((name) => shorten(name, 40));
    lines.push(message('browser', 'server', `OPTIONS${elsewhere}`, `asks for ${[hop.method, ...names].join(', ')}`));
    if (preflight.response) {
      lines.push(message('server', 'browser', String(preflight.response.status), isBlockedAt('preflight') ? culprit(diagnosis) : granted(preflight.response), isBlockedAt('preflight')));
    }
  }
  if (isBlockedAt('preflight')) lines.push(verdict(diagnosis));
  const isNever = isStop && marks.actual === 'never';
  if (isNever) return [...lines, { kind: 'message', from: 'browser', to: 'server', state: 'never', label: `${hop.method} was never sent`, decisive: '' }];
  if (hop.requestHeaders === null && hop.response === null) return lines;
  lines.push(message('browser', 'server', `${hop.method}${elsewhere || ` ${shorten(pathOf(hop.url), 80)}`}`, lineOf(hop.requestHeaders ?? [], 'Origin')));
  if (hop.response) lines.push(message('server', 'browser', String(hop.response.status), isBlockedAt('actual') ? culprit(diagnosis) : answered(hop.response), isBlockedAt('actual')));
  if (isBlockedAt('actual')) lines.push(verdict(diagnosis));
  return lines;
}

const message = (from: Party, to: Party, label: string, decisive: string, isBad = false): Line => ({ kind: 'message', from, to, state: isBad ? 'bad' : 'sent', label, decisive });

function lineOf(headers: HeaderList, name: string): string {
  const value = headerValue(headers, name.toLowerCase() as Lowercase<string>);
  return value === null ? '' : `${name}: ${shorten(value, 80)}`;
}

/** What a preflight that passed granted. */
const granted = ({ headers }: SeenResponse): string => lineOf(headers, 'Access-Control-Allow-Headers') || lineOf(headers, 'Access-Control-Allow-Methods') || lineOf(headers, 'Access-Control-Allow-Origin');

const answered = ({ headers }: SeenResponse): string => lineOf(headers, 'Location') || lineOf(headers, 'Access-Control-Allow-Origin');

/** The header that failed its check, or that it is not there. */
function culprit({ block }: Diagnosis): string {
  if (!block || block.error.header === null) return '';
  return block.error.found === null ? `no ${block.error.header}` : `${block.error.header}: ${shorten(block.error.found, 80)}`;
}

const verdict = ({ block }: Diagnosis): Line => ({ kind: 'verdict', mark: 'blocked', label: block ? corsErrors[block.error.code].reason(shortEvidence(block.evidence)).replace(/^Preflight: /, '') : '' });

/** What the script got. */
function ending({ end, type }: Exchange, { outcome, mode }: Diagnosis): Line {
  const toPage = (state: 'sent' | 'bad' | 'never', label: string): Line => ({ kind: 'message', from: 'browser', to: 'page', state, label, decisive: '' });
  switch (outcome) {
    case 'allowed':
      return toPage('sent', mode.value === 'no-cors' ? 'an opaque response' : 'the response');
    case 'blocked':
    case 'failed':
      return toPage('bad', type === 'xmlhttprequest' ? 'only an error' : 'an error');
    case 'pending':
      return toPage('never', 'waiting');
    case 'unknown':
      return toPage('never', end.kind === 'unseen' || end.kind === 'completed' ? 'not seen' : 'an error, for a reason not seen');
  }
}
