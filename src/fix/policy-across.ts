import { byteLowercase } from '../fetch/byte.ts';
import { type HeaderList, get, getDecodeAndSplit } from '../fetch/header-list.ts';
import { isHttpToken } from '../fetch/http-token.ts';
import type { Exchange, Hop } from '../exchange/exchange.ts';
import type { Diagnosed } from '../explain/across.ts';
import type { Diagnosis } from '../explain/diagnosis.ts';
import type { JudgedResponse } from '../explain/judge.ts';
import { type CorsPolicy, describePolicyError, validatePolicy } from './cors-policy.ts';
import { clientFault, grantsFor } from './policy-for.ts';

/** The least a server has to grant to everything that a session showed of it. */
export interface PolicyAcross {
  readonly policy: CorsPolicy;
  /** How many requests it lets pass, those that pass today included. */
  readonly covers: number;
  /** What no policy should grant: each reason once. */
  readonly leftOut: readonly LeftOut[];
  /** What the reader has to know or to decide, in a sentence each. */
  readonly notes: readonly string[];
}

/** Requests that the policy does not let pass: the first of them, how many they are, and why. */
export interface LeftOut {
  readonly method: string;
  readonly url: string;
  readonly origin: string;
  readonly count: number;
  readonly because: string;
}

/**
 * The union of what each CORS request towards a server needs, blocked or not, so that the repair of one breaks no other;
 * null where nothing is to be granted. In linear time.
 *
 * 1. Any origin stays allowed where every response that passes allows it and no request carries credentials: pages that
 *    were not seen may rely on it.
 * 2. Otherwise each origin is named: with credentials browsers refuse `*`, and a path that names its origins means to.
 * 3. What the server exposes by name today stays exposed.
 * 4. Headers that were tried out in the browser are not what it does today.
 */
export function policyAcross(session: readonly Diagnosed[], server: string): PolicyAcross | null {
  const needs = session.flatMap((one) => needsOf(one, server));
  const allowedToday = needs.flatMap(({ exchange, judged }) => (judged?.error === null && !exchange.trial ? [get(judged.response.headers, 'access-control-allow-origin')] : []));
  const isPublic = allowedToday.includes('*');
  const named = needs.filter((need) => need.origin !== 'null' && refusalOf(need, false) === null);
  const credentialed = named.some(({ credentials }) => credentials !== 'omit');
  const isAny = isPublic && !credentialed && allowedToday.every((allowed) => allowed === '*');
  const granted: Need[] = [];
  const leftOut = new Map<string, LeftOut>();
  for (const need of needs) {
    const because = refusalOf(need, isAny);
    if (because === null) granted.push(need);
    else leftOut.set(because, leftOutWith(need, because, leftOut.get(because)));
  }
  if (granted.length === 0) return null;
  const policies = granted.map(({ grants }) => grants);
  return {
    policy: {
      origins: isAny ? '*' : union(policies, ({ origins }) => origins),
      credentialed,
      methods: union(policies, ({ methods }) => methods),
      requestHeaders: union(policies, ({ requestHeaders }) => requestHeaders),
      exposedHeaders: union(granted, ({ exchange, hop }) => (exchange.trial ? [] : exposableNames(hop.response?.headers ?? []))),
      maxAge: policies.find(({ maxAge }) => maxAge !== null)?.maxAge ?? null,
    },
    covers: granted.length,
    leftOut: [...leftOut.values()],
    notes: [...credentialsNotes(named), ...(isPublic && !isAny ? [namesInsteadOfAny] : []), ...(granted.some(exposesAll) ? [namesInsteadOfAll] : [])],
  };
}

/** One CORS request towards the server, and what it needs. */
interface Need {
  readonly exchange: Exchange;
  readonly hop: Hop;
  readonly origin: string;
  readonly credentials: Diagnosis['credentials']['value'];
  /** The response to it that was judged last; null: none was. */
  readonly judged: JudgedResponse | null;
  readonly grants: CorsPolicy;
}

function needsOf({ exchange, diagnosis: { mode, credentials, block, judged } }: Diagnosed, server: string): readonly Need[] {
  if (mode.value === 'no-cors') return [];
  return exchange.hops.flatMap((hop, index): readonly Need[] => {
    if (!isBelow(hop.url, server)) return [];
    const last = judged.findLast((response) => response.hop === index) ?? null;
    // Where nothing shows the mode, only what CORS decided about is known to need something.
    if (mode.value === 'unknown' && (last === null || (last.error !== null && block?.hop !== hop))) return [];
    // Behind a redirect that nothing answered, nothing shows which origin was sent.
    const origin = last?.origin ?? get(hop.requestHeaders ?? [], 'origin') ?? (index === 0 ? exchange.origin : null);
    return origin === null ? [] : [{ exchange, hop, origin, credentials: credentials.value, judged: last, grants: grantsFor(hop, origin, credentials.value) }];
  });
}

/** Browsers write a slash behind the origin of each URL. */
const isBelow = (url: string, server: string): boolean => url.startsWith(server) && url[server.length] === '/';

/** Why no policy should let the request pass; null: one may. */
function refusalOf({ hop, origin, grants }: Need, isAny: boolean): string | null {
  const fault = clientFault(hop);
  if (fault !== null) return fault;
  if (origin === 'null') return isAny ? null : 'The request has the origin null, as every sandboxed frame has, so granting it would grant anyone. Make it from a page with an origin.';
  return validatePolicy(grants).map(describePolicyError)[0] ?? null;
}

const leftOutWith = ({ exchange, hop }: Need, because: string, known: LeftOut | undefined): LeftOut =>
  (known ? { ...known, count: known.count + 1 } : { method: hop.method, url: hop.url, origin: exchange.origin, count: 1, because });

const union = <Of>(items: readonly Of[], valuesOf: (item: Of) => CorsPolicy['origins']): readonly string[] =>
  [...new Set(items.flatMap((item) => valuesOf(item)))];

/** The names that a response exposes one by one, as far as a policy may repeat them. */
function exposableNames(headers: HeaderList): readonly string[] {
  const names = getDecodeAndSplit(headers, 'access-control-expose-headers') ?? [];
  return names.every((name) => name === '' || isHttpToken(name))
    ? names.map(byteLowercase).filter((exposed) => validatePolicy({ ...exposingOnly, exposedHeaders: [exposed] }).length === 0)
    : [];
}

const exposingOnly: CorsPolicy = { origins: '*', credentialed: false, methods: [], requestHeaders: [], exposedHeaders: [], maxAge: null };

const exposesAll = ({ exchange, hop, credentials }: Need): boolean =>
  credentials === 'omit' && !exchange.trial && (getDecodeAndSplit(hop.response?.headers ?? [], 'access-control-expose-headers') ?? []).includes('*');

const namesInsteadOfAny = 'Some responses allow any origin today, and this policy names each one. Add the pages that were not seen here.';
const namesInsteadOfAll = 'The server exposes every response header today. Name those that your scripts read.';

/** A policy has one setting for all origins. */
function credentialsNotes(needs: readonly Need[]): readonly string[] {
  const carrying = new Set(needs.flatMap(({ origin, credentials }) => (credentials === 'omit' ? [] : [origin])));
  const without = [...new Set(needs.map(({ origin }) => origin))].filter((origin) => !carrying.has(origin));
  return [
    ...(needs.some(({ credentials }) => credentials === 'unknown') ? ['Nothing shows whether some of the requests carry credentials, so the policy allows them. Leave them out if none does.'] : []),
    ...(carrying.size > 0 && without[0] !== undefined ? [`Credentials are allowed to all origins at once. ${without[0]}${without.length > 1 ? ' and others' : ''} did not need them here.`] : []),
  ];
}
