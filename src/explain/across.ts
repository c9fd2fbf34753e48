import { contains } from '../fetch/header-list.ts';
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
  /** Whether the same request was allowed at another time. */
  readonly isAllowedAtTimes: boolean;
}

/** A cause that one exchange cannot show. */
export interface AcrossRow {
  readonly id: string;
  readonly owner: Owner;
  readonly short: string;
  readonly shows: (scene: Scene) => boolean;
  readonly summary: (scene: Scene) => string;
  readonly evidence: (scene: Scene) => string;
  readonly fix: string | null;
}

const tally = (words: string, count: Count): string => `${words}: ${count.with} with Access-Control-Allow-Origin, ${count.without} without`;
const requestKey = (method: string, url: string, origin: string): string => `${method} ${origin} ${url}`;
const isAllowedElsewhere = ({ exchange, facts }: Scene): boolean => facts.allowed.has(exchange.origin);
const lacksHeader = ({ block }: Scene): boolean => failsOn(block, 'MissingAllowOriginHeader');

/** In order of what to tell first. To add one, add its row. */
export const acrossRows: readonly AcrossRow[] = [
  {
    id: 'only-errors-lack-headers', owner: 'api-server', short: 'Only error responses lack the CORS headers',
    shows: (scene) => lacksHeader(scene) && !isPreflight(scene.block) && scene.response.status >= 400 && scene.facts.success.with > 0 && scene.facts.success.without === 0 && scene.facts.error.with === 0,
    summary: ({ host }) => `Only the error responses of ${host} lack the CORS headers. In nginx, add_header needs always. In a framework, put the CORS layer outside of everything that can fail.`,
    evidence: ({ facts }) => `${tally('Successes', facts.success)} · ${tally('errors', facts.error)}`,
    fix: null,
  },
  {
    id: 'only-preflights-lack-headers', owner: 'api-server', short: 'Only preflights lack the CORS headers',
    shows: (scene) => lacksHeader(scene) && isPreflight(scene.block) && scene.facts.success.with > 0 && scene.facts.preflight.with === 0,
    summary: ({ host }) => `${host} sends the CORS headers on responses and never on preflights. Something answers OPTIONS before the CORS layer does, or no route is for OPTIONS.`,
    evidence: ({ facts }) => `${tally('Preflights', facts.preflight)} · ${tally('successes', facts.success)}`,
    fix: null,
  },
  {
    id: 'only-preflights-have-headers', owner: 'api-server', short: 'Only preflights have the CORS headers',
    shows: (scene) => lacksHeader(scene) && scene.block.hop.preflight !== null && !isPreflight(scene.block) && scene.response.status < 400
      && scene.facts.preflight.with > 0 && scene.facts.success.with === 0 && scene.facts.error.with === 0,
    summary: ({ host }) => `${host} sends the CORS headers on preflights and on no other response. Send Access-Control-Allow-Origin on both.`,
    evidence: ({ facts }) => `${tally('Preflights', facts.preflight)} · ${tally('successes', facts.success)}`,
    fix: null,
  },
  {
    id: 'intermittent', owner: 'proxy', short: 'The same request is allowed at other times',
    shows: ({ block, response, isAllowedAtTimes }) => isAllowedAtTimes && !isPreflight(block) && response.status < 400 && failsOn(block, 'MissingAllowOriginHeader', 'AllowOriginMismatch', 'WildcardOriginNotAllowed'),
    summary: ({ response }) => (cacheSign(response.headers) === null
      ? 'The same request was allowed at another time in this session. Perhaps several servers stand behind this host and not all are configured alike, or a cache mixes up answers to different origins.'
      : 'The same request was allowed at another time in this session, and this answer came from a cache. Send Vary: Origin always, and empty the cache.'),
    evidence: ({ response, exchange: { hops: [first] } }) => `${first.method} ${shortened(redactUrl(first.url))} was allowed and blocked${cacheSign(response.headers) === null ? '' : ` · ${cacheSign(response.headers) ?? ''}`}`,
    fix: null,
  },
  {
    id: 'works-elsewhere-on-server', owner: 'api-server', short: 'Another path of this server allows the page',
    shows: (scene) => lacksHeader(scene) && !scene.isAllowedAtTimes && isAllowedElsewhere(scene),
    summary: ({ host }) => `${host} allows this page at another path. So CORS is configured, and this path is left out of it, or does not exist.`,
    evidence: ({ facts, exchange }) => `${shortened(redactUrl(facts.allowed.get(exchange.origin) ?? ''))} was allowed`,
    fix: 'Compare the path with one that works: a wrong path often has no CORS headers.',
  },
  {
    id: 'allowed-for-another-origin', owner: 'api-server', short: 'Another page origin is allowed',
    shows: (scene) => scene.facts.allowed.size > 0 && !isAllowedElsewhere(scene) && scene.response.status < 400 && failsOn(scene.block, 'MissingAllowOriginHeader', 'AllowOriginMismatch'),
    summary: ({ host, facts, exchange }) => `${host} allowed ${otherAllowed(facts)?.[0] ?? ''} in this session, and not ${exchange.origin}. Add the origin to its list.`,
    evidence: ({ facts }) => `${shortened(redactUrl(otherAllowed(facts)?.[1] ?? ''))} was allowed for ${otherAllowed(facts)?.[0] ?? ''}`,
    fix: null,
  },
];

const otherAllowed = ({ allowed }: Facts): readonly [origin: string, url: string] | undefined => allowed.entries().next().value;

/** An exchange with what is concluded from it alone. */
export interface Diagnosed {
  readonly exchange: Exchange;
  readonly diagnosis: Diagnosis;
}

/** What a session shows of one of its exchanges. */
export interface Across {
  /** The causes that show, without their words, which change whenever anything is recorded. */
  rowsOf(diagnosed: Diagnosed): readonly AcrossRow[];
  /** All that explains the exchange: its own causes and those. */
  explain(diagnosed: Diagnosed): Diagnosis;
}

/** What one exchange tells of the servers that it met. */
interface Testimony {
  readonly responses: readonly { readonly server: string; readonly kind: 'success' | 'error' | 'preflight'; readonly has: keyof Count }[];
  /** Whether it shows that its first URL is allowed. */
  readonly isAllowed: boolean;
  /** Of the first URL. */
  readonly server: string;
  /** The server that blocked it; null: none did. */
  readonly blockedBy: string | null;
  readonly requestKey: string;
}

/**
 * Looks at sessions for the causes that show only across their exchanges, in linear time. What each exchange tells is
 * remembered with its diagnosis. Exchanges whose mode is not known to be cors prove nothing, nor do those on which headers were
 * tried out.
 */
export function createAcross(): (session: readonly Diagnosed[]) => Across {
  const known = new WeakMap<Diagnosis, Testimony>();
  const testimonyOf = ({ exchange, diagnosis }: Diagnosed): Testimony => {
    const testimony = known.get(diagnosis) ?? testify(exchange, diagnosis);
    known.set(diagnosis, testimony);
    return testimony;
  };
  return (session) => {
    const byServer = new Map<string, Facts>();
    for (const diagnosed of session) if (diagnosed.diagnosis.mode.value === 'cors' && !diagnosed.exchange.trial) learn(byServer, diagnosed.exchange, testimonyOf(diagnosed));
    const sceneOf = (diagnosed: Diagnosed): Scene | null => {
      const { exchange, diagnosis: { block } } = diagnosed;
      const testimony = block && testimonyOf(diagnosed);
      const facts = testimony && byServer.get(testimony.blockedBy ?? '');
      return facts ? { exchange, block, response: block.at.response, facts, host: block.evidence.host, isAllowedAtTimes: facts.allowedRequests.has(testimony.requestKey) } : null;
    };
    return {
      rowsOf(diagnosed) {
        const scene = sceneOf(diagnosed);
        return scene ? acrossRows.filter(({ shows }) => shows(scene)) : [];
      },
      explain(diagnosed) {
        const scene = sceneOf(diagnosed);
        if (scene === null) return diagnosed.diagnosis;
        return withCauses(diagnosed.diagnosis, acrossRows.filter(({ shows }) => shows(scene))
          .map(({ id, owner, short, summary, evidence, fix }) => ({ id, owner, short, summary: summary(scene), evidence: evidence(scene), fix, code: null })));
      },
    };
  };
}

/** The session's causes stand before what only repeats the failed check. */
function withCauses(diagnosis: Diagnosis, across: readonly Cause[]): Diagnosis {
  if (across.length === 0) return diagnosis;
  const plain = diagnosis.causes.findIndex(({ short }) => short === null);
  const telling = plain === -1 ? diagnosis.causes.length : plain;
  return { ...diagnosis, causes: [...diagnosis.causes.slice(0, telling), ...across, ...diagnosis.causes.slice(telling)] };
}

function testify(exchange: Exchange, { outcome, judged, block }: Diagnosis): Testimony {
  const [first, second] = exchange.hops;
  return {
    responses: judged.flatMap(({ hop, phase, response }) => {
      const url = exchange.hops[hop]?.url;
      if (url === undefined || (response.status >= 300 && response.status < 400)) return [];
      const kind = phase === 'preflight' ? 'preflight' : response.status >= 400 ? 'error' : 'success';
      return [{ server: serializeOrigin(url), kind, has: contains(response.headers, 'access-control-allow-origin') ? 'with' : 'without' }] as const;
    }),
    isAllowed: outcome === 'allowed' && judged.length > 0 && judged.every(({ error }) => error === null)
      && second === undefined && first.response !== null && contains(first.response.headers, 'access-control-allow-origin'),
    server: serializeOrigin(first.url),
    blockedBy: block && serializeOrigin(block.hop.url),
    requestKey: requestKey(first.method, first.url, exchange.origin),
  };
}

function learn(byServer: Map<string, Facts>, exchange: Exchange, { responses, isAllowed, server, requestKey }: Testimony): void {
  const factsOf = (name: string): Facts => {
    const facts = byServer.get(name) ?? { success: { with: 0, without: 0 }, error: { with: 0, without: 0 }, preflight: { with: 0, without: 0 }, allowed: new Map(), allowedRequests: new Set() };
    byServer.set(name, facts);
    return facts;
  };
  for (const { server: answering, kind, has } of responses) factsOf(answering)[kind][has]++;
  if (!isAllowed) return;
  const { allowed, allowedRequests } = factsOf(server);
  if (!allowed.has(exchange.origin)) allowed.set(exchange.origin, exchange.hops[0].url);
  allowedRequests.add(requestKey);
}
