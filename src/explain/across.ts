import { contains } from '../fetch/header-list.ts';
import { serializeOrigin } from '../fetch/origin.ts';
import type { Exchange } from '../exchange/exchange.ts';
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
  /** By page origin, then by method and URL: the requests that were allowed. */
  readonly allowed: Map<string, Map<string, Allowed>>;
}

interface Count {
  with: number;
  without: number;
}

interface Allowed {
  readonly url: string;
  times: number;
}

/** A blocked exchange in the light of the others. */
interface Scene {
  readonly exchange: Exchange;
  readonly block: Block;
  readonly facts: Facts;
  readonly requestKey: string;
}

/** A cause that one exchange cannot show. */
export interface AcrossRow {
  readonly id: string;
  readonly owner: Owner;
  readonly short: string;
  /** Whether an exchange may have this cause, whatever its session: most have none. */
  readonly may: (block: Block) => boolean;
  /** Whether its session shows that it has. */
  readonly shows: (scene: Scene) => boolean;
  readonly summary: (scene: Scene) => string;
  readonly evidence: (scene: Scene) => string;
  readonly fix: string | null;
}

const tally = (words: string, count: Count): string => `${words}: ${count.with} with Access-Control-Allow-Origin, ${count.without} without`;
const isAllowedElsewhere = ({ exchange, facts }: Scene): boolean => facts.allowed.has(exchange.origin);
/** Whether the same request was allowed at another time. */
const isAllowedAtTimes = ({ exchange, requestKey, facts }: Scene): boolean => facts.allowed.get(exchange.origin)?.has(requestKey) ?? false;
const lacksHeader = (block: Block): boolean => failsOn(block, 'MissingAllowOriginHeader');
const isError = ({ at: { response } }: Block): boolean => response.status >= 400;

/** In order of what to tell first. To add one, add its row. */
export const acrossRows: readonly AcrossRow[] = [
  {
    id: 'only-errors-lack-headers', owner: 'api-server', short: 'Only error responses lack the CORS headers',
    may: (block) => lacksHeader(block) && !isPreflight(block) && isError(block),
    shows: ({ facts: { success, error } }) => success.with > 0 && success.without === 0 && error.with === 0,
    summary: ({ block }) => `Only the error responses of ${block.evidence.host} lack the CORS headers. In nginx, add_header needs always. In a framework, put the CORS layer outside of everything that can fail.`,
    evidence: ({ facts }) => `${tally('Successes', facts.success)} · ${tally('errors', facts.error)}`,
    fix: null,
  },
  {
    id: 'only-preflights-lack-headers', owner: 'api-server', short: 'Only preflights lack the CORS headers',
    may: (block) => lacksHeader(block) && isPreflight(block),
    shows: ({ facts: { success, preflight } }) => success.with > 0 && preflight.with === 0,
    summary: ({ block }) => `${block.evidence.host} sends the CORS headers on responses and never on preflights. Something answers OPTIONS before the CORS layer does, or no route is for OPTIONS.`,
    evidence: ({ facts }) => `${tally('Preflights', facts.preflight)} · ${tally('successes', facts.success)}`,
    fix: null,
  },
  {
    id: 'only-preflights-have-headers', owner: 'api-server', short: 'Only preflights have the CORS headers',
    may: (block) => lacksHeader(block) && block.hop.preflight !== null && !isPreflight(block) && !isError(block),
    shows: ({ facts: { success, error, preflight } }) => preflight.with > 0 && success.with === 0 && error.with === 0,
    summary: ({ block }) => `${block.evidence.host} sends the CORS headers on preflights and on no other response. Send Access-Control-Allow-Origin on both.`,
    evidence: ({ facts }) => `${tally('Preflights', facts.preflight)} · ${tally('successes', facts.success)}`,
    fix: null,
  },
  {
    id: 'intermittent', owner: 'proxy', short: 'The same request is allowed at other times',
    may: (block) => !isPreflight(block) && !isError(block) && failsOn(block, 'MissingAllowOriginHeader', 'AllowOriginMismatch', 'WildcardOriginNotAllowed'),
    shows: isAllowedAtTimes,
    summary: ({ block }) => (cacheSign(block.at.response.headers) === null
      ? 'The same request was allowed at another time in this session. Perhaps several servers stand behind this host and not all are configured alike, or a cache mixes up answers to different origins.'
      : 'The same request was allowed at another time in this session, and this answer came from a cache. Send Vary: Origin always, and empty the cache.'),
    evidence: ({ block, exchange: { hops: [first] } }) => `${first.method} ${shortened(redactUrl(first.url))} was allowed and blocked${cacheSign(block.at.response.headers) === null ? '' : ` · ${cacheSign(block.at.response.headers) ?? ''}`}`,
    fix: null,
  },
  {
    id: 'works-elsewhere-on-server', owner: 'api-server', short: 'Another path of this server allows the page',
    may: lacksHeader,
    shows: (scene) => !isAllowedAtTimes(scene) && isAllowedElsewhere(scene),
    summary: ({ block }) => `${block.evidence.host} allows this page at another path. So CORS is configured, and this path is left out of it, or does not exist.`,
    evidence: ({ facts, exchange }) => `${shortened(redactUrl(urlIn(facts.allowed.get(exchange.origin))))} was allowed`,
    fix: 'Compare the path with one that works: a wrong path often has no CORS headers.',
  },
  {
    id: 'allowed-for-another-origin', owner: 'api-server', short: 'Another page origin is allowed',
    may: (block) => !isError(block) && failsOn(block, 'MissingAllowOriginHeader', 'AllowOriginMismatch'),
    shows: (scene) => scene.facts.allowed.size > 0 && !isAllowedElsewhere(scene),
    summary: ({ block, facts, exchange }) => `${block.evidence.host} allowed ${otherAllowed(facts)?.[0] ?? ''} in this session, and not ${exchange.origin}. Add the origin to its list.`,
    evidence: ({ facts }) => `${shortened(redactUrl(urlIn(otherAllowed(facts)?.[1])))} was allowed for ${otherAllowed(facts)?.[0] ?? ''}`,
    fix: null,
  },
];

const otherAllowed = ({ allowed }: Facts): readonly [origin: string, requests: ReadonlyMap<string, Allowed>] | undefined => allowed.entries().next().value;
const urlIn = (requests: ReadonlyMap<string, Allowed> | undefined): string => requests?.values().next().value?.url ?? '';

/** An exchange with what is concluded from it alone. */
export interface Diagnosed {
  readonly exchange: Exchange;
  readonly diagnosis: Diagnosis;
}

/** And with what it tells of others. */
export interface Witness extends Diagnosed {
  readonly testimony: Testimony;
}

/** What a session shows of one of its exchanges. */
export interface Across {
  /** The first cause that shows, without its words, which change whenever anything is recorded. */
  firstOf(witness: Witness): AcrossRow | undefined;
  /** All that explains the exchange: its own causes and those that show. */
  explain(witness: Witness): Diagnosis;
}

/** What one exchange tells of the servers that it met. */
export interface Testimony {
  readonly responses: readonly { readonly server: string; readonly kind: 'success' | 'error' | 'preflight'; readonly has: keyof Count }[];
  /** The server that showed that it allows the first URL; null: none did. */
  readonly allowedBy: string | null;
  /** The server that blocked it; null: none did. */
  readonly blockedBy: string | null;
  /** What it may have been blocked for, if its session shows it. */
  readonly mayBe: readonly AcrossRow[];
  /** Method and URL. */
  readonly requestKey: string;
}

/**
 * Looks at sessions for the causes that show only across their exchanges. A session is looked at whenever anything is
 * recorded, and most of it is as it was: what stands where it stood the last time is not heard again. What was shown of
 * an earlier session holds no longer.
 */
export function createAcross(): (session: readonly Witness[]) => Across {
  const byServer = new Map<string, Facts>();
  let heard: readonly Witness[] = [];
  return (session) => {
    for (let index = 0; index < Math.max(heard.length, session.length); index++) {
      const before = heard[index];
      const now = session[index];
      if (before === now) continue;
      if (before) count(byServer, before, -1);
      if (now) count(byServer, now, 1);
    }
    heard = session;
    const sceneOf = ({ exchange, diagnosis: { block }, testimony }: Witness): Scene | null => {
      const facts = block && byServer.get(testimony.blockedBy ?? '');
      return facts ? { exchange, block, facts, requestKey: testimony.requestKey } : null;
    };
    return {
      firstOf(witness) {
        const { mayBe } = witness.testimony;
        const scene = mayBe.length > 0 ? sceneOf(witness) : null;
        return scene ? mayBe.find(({ shows }) => shows(scene)) : undefined;
      },
      explain(witness) {
        const scene = sceneOf(witness);
        if (scene === null) return witness.diagnosis;
        return withCauses(witness.diagnosis, witness.testimony.mayBe.filter(({ shows }) => shows(scene))
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

/** An exchange whose mode is not known to be cors proves nothing, nor does one on which headers were tried out. */
export function testify(exchange: Exchange, { outcome, mode, judged, block }: Diagnosis): Testimony {
  const [first, second] = exchange.hops;
  const proves = mode.value === 'cors' && !exchange.trial;
  const isAllowed = outcome === 'allowed' && judged.length > 0 && judged.every(({ error }) => error === null)
    && second === undefined && first.response !== null && contains(first.response.headers, 'access-control-allow-origin');
  return {
    responses: !proves ? [] : judged.flatMap(({ hop, phase, response }) => {
      const url = exchange.hops[hop]?.url;
      if (url === undefined || (response.status >= 300 && response.status < 400)) return [];
      const kind = phase === 'preflight' ? 'preflight' : response.status >= 400 ? 'error' : 'success';
      return [{ server: serializeOrigin(url), kind, has: contains(response.headers, 'access-control-allow-origin') ? 'with' : 'without' }] as const;
    }),
    allowedBy: proves && isAllowed ? serializeOrigin(first.url) : null,
    blockedBy: block && serializeOrigin(block.hop.url),
    mayBe: block ? acrossRows.filter(({ may }) => may(block)) : [],
    requestKey: `${first.method} ${first.url}`,
  };
}

/** Adds what an exchange tells to what is known of the servers, or takes it away. */
function count(byServer: Map<string, Facts>, { exchange, testimony: { responses, allowedBy, requestKey } }: Witness, by: 1 | -1): void {
  const factsOf = (name: string): Facts => {
    const facts = byServer.get(name) ?? { success: { with: 0, without: 0 }, error: { with: 0, without: 0 }, preflight: { with: 0, without: 0 }, allowed: new Map() };
    byServer.set(name, facts);
    return facts;
  };
  for (const { server, kind, has } of responses) factsOf(server)[kind][has] += by;
  if (allowedBy === null) return;
  const { allowed } = factsOf(allowedBy);
  const requests = allowed.get(exchange.origin) ?? new Map<string, Allowed>();
  const request = requests.get(requestKey) ?? { url: exchange.hops[0].url, times: 0 };
  request.times += by;
  if (request.times > 0) allowed.set(exchange.origin, requests.set(requestKey, request));
  else if (requests.delete(requestKey) && requests.size === 0) allowed.delete(exchange.origin);
}
