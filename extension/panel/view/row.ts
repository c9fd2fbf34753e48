import { type AcrossRow, type Block, type BrowserProfile, type Diagnosis, type Evidence, type Exchange, type Witness, corsErrors, createAcross, diagnose, hostOf, lastHop, parseUrl, policyFor, serializeOrigin, serverOf, shorten, testify } from '../../../src/index.ts';
import { type Marks, marksOf } from './marks.ts';

/** One exchange as the list shows it. */
export interface Row extends Witness {
  readonly marks: Marks;
  /** The origin of the server that has to change, or that answered. */
  readonly server: string;
  readonly method: string;
  /** Of the first hop, and of the last one if it is another. */
  readonly path: string;
  readonly origin: string;
  /** A few words. */
  readonly reason: string;
  readonly isRisky: boolean;
  /** Whether CORS blocked it and a policy of its server is the answer. */
  readonly isRepairable: boolean;
  readonly status: string;
  /** Milliseconds; null: its end was not seen. */
  readonly duration: number | null;
  /** File and line of the innermost call; empty: not known. */
  readonly initiator: string;
  /** Host and port of each hop, in lower case. */
  readonly domains: readonly string[];
  /** Whatever a browser calls its error, in lower case. */
  readonly codes: readonly string[];
  /** What the text filter looks in, in lower case. */
  readonly searched: string;
}

/** Describes each exchange once: an exchange is immutable, so what is known of it stays. */
export function createDescriber(profile: BrowserProfile): (exchange: Exchange) => Row {
  const known = new WeakMap<Exchange, Row>();
  return (exchange) => {
    const before = known.get(exchange);
    if (before) return before;
    const row = describe(exchange, diagnose(exchange, profile));
    known.set(exchange, row);
    return row;
  };
}

/** The rows of a session, in the light of each other. */
export interface SessionRows {
  /** A row stays the same object as long as it says the same. */
  readonly rows: readonly Row[];
  /** The row with every cause in words. They change whenever anything is recorded, so only the one that is read has them. */
  explain(row: Row): Row;
}

export function createSessionDescriber(): (rows: readonly Row[]) => SessionRows {
  const known = new WeakMap<Row, { readonly first: AcrossRow; readonly row: Row }>();
  const lookAcross = createAcross();
  return (rows) => {
    const across = lookAcross(rows);
    return {
      rows: rows.map((row) => {
        const first = across.firstOf(row);
        if (first === undefined) return row;
        const before = known.get(row);
        if (before?.first === first) return before.row;
        const described = describe(row.exchange, row.diagnosis, first);
        known.set(row, { first, row: described });
        return described;
      }),
      explain: (row) => ({ ...row, diagnosis: across.explain(row) }),
    };
  };
}

/** `across`: the first of the causes that its session shows. */
export function describe(exchange: Exchange, diagnosis: Diagnosis, across: AcrossRow | null = null): Row {
  const { block } = diagnosis;
  const [first] = exchange.hops;
  const last = lastHop(exchange);
  const marks = marksOf(exchange, diagnosis);
  const reason = reasonOf(exchange, diagnosis, marks, across);
  const codes = codesOf(diagnosis).map((code) => code.toLowerCase());
  const path = last === first ? pathOf(first.url) : `${pathOf(first.url)} → ${nameOf(last.url, first.url)}`;
  return {
    exchange, diagnosis, marks, reason, path,
    testimony: testify(exchange, diagnosis),
    server: serverOf({ exchange, diagnosis }),
    method: first.method,
    origin: exchange.origin,
    isRisky: diagnosis.outcome === 'allowed' && diagnosis.risks.some(({ severity }) => severity !== 'low'),
    isRepairable: policyFor(diagnosis)?.kind === 'policy',
    status: statusOf(exchange, block),
    duration: 'at' in exchange.end ? Math.max(0, exchange.end.at - exchange.startedAt) : null,
    initiator: initiatorOf(exchange),
    domains: exchange.hops.map(({ url }) => hostOf(url).toLowerCase()),
    codes,
    searched: [first.method, ...exchange.hops.map(({ url }) => url), exchange.origin, exchange.type, reason, ...codes].join('\n').toLowerCase(),
  };
}

const longestValue = 120;

/** Values of a hostile length would drown the words about them. */
export const shortEvidence = (evidence: Evidence): Evidence => ({
  origin: shorten(evidence.origin, longestValue),
  host: shorten(evidence.host, longestValue),
  method: shorten(evidence.method, longestValue),
  parameter: shorten(evidence.parameter, longestValue),
  found: evidence.found === null ? null : shorten(evidence.found, longestValue),
});

function reasonOf({ end, trial }: Exchange, { outcome, mode, block, failure, causes, risks }: Diagnosis, marks: Marks, across: AcrossRow | null): string {
  const told = causes[0]?.short ?? across?.short ?? null;
  switch (outcome) {
    case 'blocked': {
      if (!block) return '';
      return told === null ? corsErrors[block.error.code].reason(shortEvidence(block.evidence)) : shorten(told, longestValue);
    }
    case 'failed':
      return `Not CORS: ${failure === null ? '' : firstSentence(failure.summary)}`;
    case 'pending':
      return 'Pending';
    case 'unknown':
      if (trial === 'unclear') return 'A trial began or ended meanwhile';
      if (end.kind === 'unseen') return 'Its end was not seen';
      if (end.kind === 'untold') return 'The file does not tell what became of it';
      return end.kind === 'completed' ? 'Whether it was withheld was not seen' : 'Stopped for a reason that was not seen';
    case 'allowed': {
      if (trial && mode.value !== 'no-cors') return trial === 'changed' ? 'Passes in the trial' : 'A trial began or ended meanwhile';
      if (told !== null) return told;
      if (mode.value === 'no-cors') return 'Not checked: no-cors, opaque response';
      const risk = risks.find(({ severity }) => severity !== 'low');
      if (risk) return `Allowed · ${risk.severity} risk`;
      if (marks.preflight === 'cache') return 'Allowed · preflight from the cache';
      return marks.preflight === null ? 'Allowed' : 'Allowed · preflight passed';
    }
  }
}

/** What stands before the first full stop that ends a sentence. */
export function firstSentence(text: string): string {
  const end = text.indexOf('. ');
  return end === -1 ? text.replace(/\.$/, '') : text.slice(0, end);
}

const codesOf = ({ block, failure }: Diagnosis): readonly string[] => [
  ...(block ? [block.error.code, block.firefox, ...block.alternatives.map(({ code }) => code)] : []),
  ...(failure ? [failure.netError] : []),
];

function initiatorOf({ stack: [call] = [] }: Exchange): string {
  return call ? `${fileOf(call.url)}:${call.line}` : '';
}

/** What stands behind the last slash of a URL, or before it where it ends with one. */
export const fileOf = (url: string): string => url.slice(url.lastIndexOf('/', url.length - 2) + 1);

function statusOf(exchange: Exchange, block: Block | null): string {
  const status = block?.at.response.status ?? lastHop(exchange).response?.status;
  return status === undefined ? '–' : String(status);
}

/** Path and query. */
export function pathOf(url: string): string {
  const parsed = parseUrl(url);
  return parsed ? parsed.pathname + parsed.search : url;
}

/** A URL as short as it can be for a reader who knows another one. */
const nameOf = (url: string, known: string): string =>
  (serializeOrigin(url) === serializeOrigin(known) ? pathOf(url) : hostOf(url) + pathOf(url));
