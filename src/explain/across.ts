import { contains, get } from '../fetch/header-list.ts';
import { serializeOrigin } from '../fetch/origin.ts';
import type { Exchange, SeenResponse } from '../exchange/exchange.ts';
import { cacheSign } from './causes/caches.ts';
import type { Cause } from './causes/cause.ts';
import { failsOn, isPreflight, shortened } from './causes/signs.ts';
import type { Block, Diagnosis } from './diagnosis.ts';
import type { Owner } from './owner.ts';
import { redactUrl } from './redact.ts';

/** What was seen of one server in a session, beyond a single exchange. */
interface Facts {
  /** How many responses of each kind came with Access-Control-Allow-Origin, and how many without. */
  readonly success: Count;
  readonly error: Count;
  readonly preflight: Count;
  /** By page origin: the URL of a request that was allowed. */
  readonly allowed: Map<string, string>;
  /** Method, URL and page origin of each request that was allowed. */
  readonly allowedRequests: Set<string>;
}

interface Count {
  with: number;
  without: number;
}

/** A blocked exchange in the light of the others. */
interface Scene {
  readonly exchange: Exchange;
  readonly block: Block;
  readonly response: SeenResponse;
  readonly facts: Facts;
  readonly host: string;
}

export interface AcrossRow {
  readonly id: string;
  readonly owner: Owner;
  readonly short: string;
  readonly explain: (scene: Scene) => string | null;
  readonly evidence: (scene: Scene) => string;
  readonly fix: string | null;
}

const tally = (words: string, count: Count): string => `${words}: ${count.with} with Access-Control-Allow-Origin, ${count.without} without`;
const requestKey = (method: string, url: string, origin: string): string => `${method} ${origin} ${url}`;
const isAllowedElsewhere = ({ exchange, facts }: Scene): boolean => facts.allowed.has(exchange.origin);
const isAllowedAtTimes = ({ exchange: { hops: [first], origin }, facts }: Scene): boolean => facts.allowedRequests.has(requestKey(first.method, first.url, origin));
const lacksHeader = ({ block }: Scene): boolean => failsOn(block, 'MissingAllowOriginHeader');

/** In order of what to tell first. To add one, add its row. */
export const acrossRows: readonly AcrossRow[] = [
  {
    id: 'only-errors-lack-headers', owner: 'api-server', short: 'Only error responses lack the CORS headers',
    explain: (scene) => (lacksHeader(scene) && !isPreflight(scene.block) && scene.response.status >= 400 && scene.facts.success.with > 0 && scene.facts.success.without === 0 && scene.facts.error.with === 0
      ? `Only the error responses of ${scene.host} lack the CORS headers. In nginx, add_header needs always. In a framework, put the CORS layer outside of everything that can fail.`
      : null),
    evidence: ({ facts }) => `${tally('Successes', facts.success)} · ${tally('errors', facts.error)}`,
    fix: null,
  },
  {
    id: 'only-preflights-lack-headers', owner: 'api-server', short: 'Only preflights lack the CORS headers',
    explain: (scene) => (lacksHeader(scene) && isPreflight(scene.block) && scene.facts.success.with > 0 && scene.facts.preflight.with === 0
      ? `${scene.host} sends the CORS headers on responses and never on preflights. Something answers OPTIONS before the CORS layer does, or no route is for OPTIONS.`
      : null),
    evidence: ({ facts }) => `${tally('Preflights', facts.preflight)} · ${tally('successes', facts.success)}`,
    fix: null,
  },
  {
    id: 'only-preflights-have-headers', owner: 'api-server', short: 'Only preflights have the CORS headers',
    explain: (scene) => (lacksHeader(scene) && scene.block.hop.preflight !== null && !isPreflight(scene.block) && scene.response.status < 400 && scene.facts.preflight.with > 0 && scene.facts.success.with === 0 && scene.facts.error.with === 0
      ? `${scene.host} sends the CORS headers on preflights and on no other response. Send Access-Control-Allow-Origin on both.`
      : null),
    evidence: ({ facts }) => `${tally('Preflights', facts.preflight)} · ${tally('successes', facts.success)}`,
    fix: null,
  },
  {
    id: 'intermittent', owner: 'proxy', short: 'The same request is allowed at other times',
    explain: (scene) => {
      if (isPreflight(scene.block) || scene.response.status >= 400 || !failsOn(scene.block, 'MissingAllowOriginHeader', 'AllowOriginMismatch', 'WildcardOriginNotAllowed') || !isAllowedAtTimes(scene)) return null;
      return cacheSign(scene.response.headers) === null
        ? 'The same request was allowed at another time in this session. Perhaps several servers stand behind this host and not all are configured alike, or a cache mixes up answers to different origins.'
        : 'The same request was allowed at another time in this session, and this answer came from a cache. Send Vary: Origin always, and empty the cache.';
    },
    evidence: ({ response, exchange: { hops: [first] } }) => `${first.method} ${shortened(redactUrl(first.url))} was allowed and blocked${cacheSign(response.headers) === null ? '' : ` · ${cacheSign(response.headers) ?? ''}`}`,
    fix: null,
  },
  {
    id: 'works-elsewhere-on-server', owner: 'api-server', short: 'Another path of this server allows the page',
    explain: (scene) => (lacksHeader(scene) && !isAllowedAtTimes(scene) && isAllowedElsewhere(scene)
      ? `${scene.host} allows this page at another path. So CORS is configured, and this path is left out of it, or does not exist.`
      : null),
    evidence: ({ facts, exchange }) => `${shortened(redactUrl(facts.allowed.get(exchange.origin) ?? ''))} was allowed`,
    fix: 'Compare the path with one that works: a wrong path often has no CORS headers.',
  },
  {
    id: 'allowed-for-another-origin', owner: 'api-server', short: 'Another page origin is allowed',
    explain: (scene) => {
      const [other] = isAllowedElsewhere(scene) ? [] : [...scene.facts.allowed.keys()];
      return other !== undefined && scene.response.status < 400 && failsOn(scene.block, 'MissingAllowOriginHeader', 'AllowOriginMismatch')
        ? `${scene.host} allowed ${other} in this session, and not ${scene.exchange.origin}. Add the origin to its list.`
        : null;
    },
    evidence: ({ facts }) => `${[...facts.allowed.values()].map((url) => shortened(redactUrl(url)))[0] ?? ''} was allowed for ${[...facts.allowed.keys()][0] ?? ''}`,
    fix: null,
  },
];

/** An exchange with what is concluded from it alone. */
export interface Diagnosed {
  readonly exchange: Exchange;
  readonly diagnosis: Diagnosis;
}

/**
 * The causes that show only beside the other exchanges of a session, for each of them; in linear time. Exchanges whose
 * mode is not known to be cors prove nothing.
 */
export function causesAcross(session: readonly Diagnosed[]): readonly (readonly Cause[])[] {
  const byServer = new Map<string, Facts>();
  for (const { exchange, diagnosis } of session) if (diagnosis.mode.value === 'cors') learn(byServer, exchange, diagnosis);
  return session.map(({ exchange, diagnosis: { block } }) => {
    const facts = block && byServer.get(serializeOrigin(block.hop.url));
    if (!facts) return [];
    const scene: Scene = { exchange, block, response: block.at.response, facts, host: block.evidence.host };
    return acrossRows.flatMap(({ id, owner, short, explain, evidence, fix }) => {
      const summary = explain(scene);
      return summary === null ? [] : [{ id, owner, short, summary, evidence: evidence(scene), fix }];
    });
  });
}

/** The causes of one exchange with those that its session adds: before what only repeats the failed check. */
export function withCausesAcross(diagnosis: Diagnosis, across: readonly Cause[]): Diagnosis {
  if (across.length === 0) return diagnosis;
  const plain = diagnosis.causes.findIndex(({ short }) => short === null);
  const telling = plain === -1 ? diagnosis.causes.length : plain;
  return { ...diagnosis, causes: [...diagnosis.causes.slice(0, telling), ...across, ...diagnosis.causes.slice(telling)] };
}

function learn(byServer: Map<string, Facts>, exchange: Exchange, { outcome, judged }: Diagnosis): void {
  const factsOf = (url: string): Facts => {
    const server = serializeOrigin(url);
    const known = byServer.get(server) ?? { success: { with: 0, without: 0 }, error: { with: 0, without: 0 }, preflight: { with: 0, without: 0 }, allowed: new Map(), allowedRequests: new Set() };
    byServer.set(server, known);
    return known;
  };
  for (const { hop, phase, response } of judged) {
    const url = exchange.hops[hop]?.url;
    if (url === undefined || (response.status >= 300 && response.status < 400)) continue;
    const facts = factsOf(url);
    const count = phase === 'preflight' ? facts.preflight : response.status >= 400 ? facts.error : facts.success;
    count[contains(response.headers, 'access-control-allow-origin') ? 'with' : 'without']++;
  }
  if (outcome !== 'allowed' || judged.length === 0 || judged.some(({ error }) => error !== null)) return;
  const [first, second] = exchange.hops;
  if (second !== undefined || first.response === null || get(first.response.headers, 'access-control-allow-origin') === null) return;
  const facts = factsOf(first.url);
  if (!facts.allowed.has(exchange.origin)) facts.allowed.set(exchange.origin, first.url);
  facts.allowedRequests.add(requestKey(first.method, first.url, exchange.origin));
}
