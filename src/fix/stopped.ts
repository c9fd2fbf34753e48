import { serializeOrigin } from '../fetch/origin.ts';
import type { Diagnosed } from '../explain/across.ts';
import type { Redaction } from '../explain/redact.ts';
import { serverOf } from '../explain/session.ts';
import { titleOf } from './report-parts.ts';

/** Requests of which one thing is to be told. */
export interface Alike {
  readonly first: Diagnosed;
  readonly last: Diagnosed;
  readonly count: number;
  /** Each once, with how often it was made. */
  readonly requests: readonly { readonly method: string; readonly url: string; readonly count: number }[];
  /** Of the pages that made them. */
  readonly origins: ReadonlySet<string>;
}

export const countOf = (all: readonly Alike[]): number => all.reduce((sum, { count }) => sum + count, 0);

/** The exchanges by what is to be told of them, of the most first; null: nothing is. In linear time, but for the order. */
export function alikeIn(session: readonly Diagnosed[], tell: (diagnosed: Diagnosed) => string | null): readonly Alike[] {
  const known = new Map<string, { first: Diagnosed; last: Diagnosed; count: number; requests: Map<string, { method: string; url: string; count: number }>; origins: Set<string> }>();
  for (const diagnosed of session) {
    const told = tell(diagnosed);
    if (told === null) continue;
    const { exchange, diagnosis: { block } } = diagnosed;
    const { method, url } = block?.hop ?? exchange.hops[0];
    const alike = known.get(told) ?? { first: diagnosed, last: diagnosed, count: 0, requests: new Map(), origins: new Set() };
    known.set(told, alike);
    const request = alike.requests.get(`${method} ${url}`) ?? { method, url, count: 0 };
    alike.requests.set(`${method} ${url}`, request);
    alike.last = diagnosed;
    alike.count++;
    request.count++;
    alike.origins.add(block?.at.origin ?? exchange.origin);
  }
  return [...known.values()].map((alike) => ({ ...alike, requests: [...alike.requests.values()] })).sort((a, b) => b.count - a.count);
}

/** A server of a session at which requests were stopped. */
export interface StoppedAt {
  /** Its origin; `null`: what was asked for has none. */
  readonly server: string;
  /** How many requests it was asked, stopped or not. */
  readonly asked: number;
  /** What CORS blocked, by its cause. */
  readonly blocked: readonly Alike[];
  /** What failed for another reason, by that. */
  readonly failed: readonly Alike[];
  /** Every exchange that came to it, by a redirect, too. */
  readonly met: readonly Diagnosed[];
}

/** The servers at which requests were stopped, those of the most first. In linear time, but for the order. */
export function stoppedIn(session: readonly Diagnosed[], redaction: Redaction): readonly StoppedAt[] {
  const asked = byName(session, (diagnosed) => [serverOf(diagnosed)]);
  const met = byName(session, ({ exchange }) => new Set(exchange.hops.map(({ url }) => serializeOrigin(url))));
  return [...asked]
    .map(([server, ofServer]): StoppedAt => ({
      server, asked: ofServer.length, met: met.get(server) ?? [],
      blocked: alikeIn(ofServer, (diagnosed) => blockIn(diagnosed, redaction)),
      failed: alikeIn(ofServer, ({ diagnosis: { failure, causes: [cause] } }) => failure && [failure.kind, failure.netError, cause?.summary].join('\n')),
    }))
    .filter(({ blocked, failed }) => blocked.length + failed.length > 0)
    .sort((a, b) => countOf(b.blocked) - countOf(a.blocked) || countOf(b.failed) - countOf(a.failed));
}

/** How many requests were blocked while headers were tried out on them in this browser. Nobody else sees that, so it is no cause. */
export const blockedInTrial = (session: readonly Diagnosed[]): number =>
  session.filter(({ exchange, diagnosis: { block } }) => block !== null && exchange.trial !== undefined).length;

/** What two requests have in common for which one fix is proposed. */
function blockIn({ exchange, diagnosis: { block, causes: [cause] } }: Diagnosed, redaction: Redaction): string | null {
  if (block === null || exchange.trial) return null;
  return [block.error.code, cause?.id, titleOf(block, redaction), ...block.alternatives.map(({ code }) => code)].join('\n');
}

function byName(session: readonly Diagnosed[], namesOf: (diagnosed: Diagnosed) => Iterable<string>): ReadonlyMap<string, readonly Diagnosed[]> {
  const named = new Map<string, Diagnosed[]>();
  for (const diagnosed of session) {
    for (const name of namesOf(diagnosed)) {
      const others = named.get(name);
      if (others) others.push(diagnosed);
      else named.set(name, [diagnosed]);
    }
  }
  return named;
}
