import fc from 'fast-check';
import { type CaseResponse, type OracleCase, oracleCase } from '../oracle/cases.ts';
import { type Kind, type Way, contexts, kinds } from './kinds.ts';

/** What else happens to a request than that a server answers it. */
export type Turn =
  | 'answered'
  /** No answer comes, and the page gives up. */
  | 'given-up'
  /** The server closes the connection. */
  | 'dropped'
  /** It is made again, and its answer may be kept. */
  | 'cached'
  /** It is made again, and its answer must be asked for again: 304. */
  | 'revalidated'
  /** 401, with a challenge. */
  | 'challenged'
  /** It is redirected again and again. */
  | 'long-redirected'
  /** It is made many times at once. */
  | 'identical';

/** One request of the traffic. */
export interface TrafficRequest extends Kind {
  readonly turn: Turn;
  readonly case: OracleCase;
}

/** Requests that are under way together, by their ids. An id is used once: what a round leaves behind is not taken for the next one's. */
export type Round = ReadonlyMap<number, TrafficRequest>;

/** Those whose request a script shapes. */
const scripted: ReadonlySet<Way> = new Set(['fetch', 'keepalive', 'xhr', 'xhr-upload']);

const turn = (way: Way): fc.Arbitrary<Turn> => fc.oneof(
  { arbitrary: fc.constant('answered' as const), weight: 12 },
  { arbitrary: fc.constant('dropped' as const), weight: 1 },
  ...(scripted.has(way) ? [{
    arbitrary: fc.constantFrom('given-up' as const, 'cached' as const, 'revalidated' as const, 'challenged' as const, 'long-redirected' as const, 'identical' as const),
    weight: 5,
  }] : []),
);

/** Half of the answers pass, whatever the request: an answer that is drawn at random is nearly always refused. */
const passing: CaseResponse = {
  status: 200,
  headers: [
    ['Access-Control-Allow-Origin', '{origin}'], ['Access-Control-Allow-Credentials', 'true'],
    ['Access-Control-Allow-Methods', '{method}'], ['Access-Control-Allow-Headers', '{headers}'],
  ],
};

/** Browsers follow 20 redirects. */
const mostRedirects = 20;

/** A long way, then the hops of a case. */
export const mostHops = 3 + mostRedirects + 3;

const withTurn = (one: OracleCase, turn: Turn): OracleCase => {
  // Its preflight passes, or the page could give up while the browser refuses it: then both are true.
  if (turn === 'given-up') return { ...one, hops: [{ preflight: passing, actual: passing }] };
  const [first] = one.hops;
  if (turn !== 'long-redirected' || first === undefined) return one;
  const redirect: CaseResponse = { status: 307, headers: [...passing.headers, ['Location', '{next}']] };
  return { ...one, redirect: 'follow', hops: [...Array.from({ length: 3 + (one.headers.length * 7) % mostRedirects }, () => ({ preflight: passing, actual: redirect })), ...one.hops] };
};

const trafficRequest: fc.Arbitrary<TrafficRequest> = fc.constantFrom(...contexts).chain((context) => fc.constantFrom(...kinds.filter((kind) => kind.context === context))).chain((kind) =>
  fc.tuple(turn(kind.way), oracleCase, fc.boolean()).map(([happens, one, passes]): TrafficRequest => ({
    ...kind, turn: happens,
    case: withTurn(passes ? { ...one, hops: one.hops.map(({ actual }, index) => ({ preflight: passing, actual: index < one.hops.length - 1 ? { ...actual, headers: [...passing.headers, ...actual.headers.filter(([name]) => name === 'Location')] } : passing })) } : one, happens),
  })));

export const generateTraffic = (count: number, seed: number): readonly TrafficRequest[] => fc.sample(trafficRequest, { numRuns: count, seed });
