import { describe, expect, it } from 'vitest';
import type { CorsPolicy } from '../../src/fix/cors-policy.ts';
import { validatePolicy } from '../../src/fix/cors-policy.ts';
import { policyAcross } from '../../src/fix/policy-across.ts';
import { clientFault, policyFor } from '../../src/fix/policy-for.ts';
import { respond } from '../../src/fix/respond.ts';
import { chromium } from '../../src/fetch/browser-profile.ts';
import { corsUnsafeRequestHeaderNames } from '../../src/fetch/cors-unsafe-request-header-names.ts';
import type { HeaderList } from '../../src/fetch/header-list.ts';
import { isCorsSafelistedMethod, normalizeMethod } from '../../src/fetch/method.ts';
import type { Exchange } from '../../src/exchange/exchange.ts';
import { diagnose } from '../../src/explain/diagnosis.ts';
import { judge } from '../../src/explain/judge.ts';
import { type OracleCase, generateCases } from '../oracle/cases.ts';

const origin = 'https://app.example';
const url = 'https://api.example/thing';

type Answer = (isPreflight: boolean) => HeaderList;

/** What a browser would record of the case, if the server answered so. */
function recorded(one: OracleCase, answer: Answer): Exchange {
  const method = normalizeMethod(one.method);
  const names = [...corsUnsafeRequestHeaderNames(one.headers, chromium)].sort();
  const preflighted = !isCorsSafelistedMethod(method) || names.length > 0;
  const asked: HeaderList = [
    ['Origin', origin],
    ['Access-Control-Request-Method', method],
    ...(names.length > 0 ? [['Access-Control-Request-Headers', names.join(',')] as const] : []),
  ];
  const preflight = preflighted
    ? { from: 'network' as const, requestHeaders: asked, response: { status: 204, headers: answer(true) }, error: null }
    : null;
  const credentials = one.credentials === 'include' ? 'include' : 'omit';
  const hop = { url, method, requestHeaders: null, scriptHeaderOrder: null, preflight, response: null, redirectedTo: null };
  const exchange = (rest: Partial<typeof hop> | { requestHeaders: HeaderList; response: { status: number; headers: HeaderList } }, end: Exchange['end']): Exchange =>
    ({ id: '1', type: 'xmlhttprequest', origin, startedAt: 0, hops: [{ ...hop, ...rest }], end });
  const blocked = { kind: 'error', at: 1, error: chromium.corsNetworkError } as const;
  const stopped = exchange({}, blocked);
  if (judge(stopped, credentials, chromium).some(({ error }) => error !== null)) return stopped;
  const sent: HeaderList = [
    ...one.headers, ['Origin', origin], ['Sec-Fetch-Mode', 'cors'], ['Sec-Fetch-Site', 'cross-site'],
    ...(credentials === 'include' ? [['Sec-Fetch-Storage-Access', 'none'] as const] : []),
  ];
  const answered = { requestHeaders: sent, response: { status: 200, headers: answer(false) } };
  const failed = judge(exchange(answered, blocked), credentials, chromium).some(({ error }) => error !== null);
  return exchange(answered, failed ? blocked : { kind: 'completed', at: 1, fromCache: false });
}

const placeholders: Readonly<Record<string, string>> = { origin, ORIGIN: origin.toUpperCase() };
const asCase = (one: OracleCase): Answer => (isPreflight) => {
  const { preflight, actual } = one.hops.at(-1) as OracleCase['hops'][number];
  return (isPreflight ? preflight : actual).headers.map(([name, value]) => [name, value.replace(/\{(\w+)\}/g, (whole, key: string) => placeholders[key] ?? whole)]);
};

const asPolicy = (policy: CorsPolicy): Answer => (isPreflight) => respond(policy, { origin, isPreflight });

/** Every policy that lacks one grant of this one. */
function withoutOneGrant(policy: CorsPolicy): readonly { readonly without: string; readonly policy: CorsPolicy }[] {
  return [
    { without: 'the origin', policy: { ...policy, origins: ['https://other.example'] } },
    ...(policy.credentialed ? [{ without: 'credentials', policy: { ...policy, credentialed: false } }] : []),
    ...policy.methods.map((method) => ({ without: method, policy: { ...policy, methods: policy.methods.filter((other) => other !== method) } })),
    ...policy.requestHeaders.map((name) => ({ without: name, policy: { ...policy, requestHeaders: policy.requestHeaders.filter((other) => other !== name) } })),
  ];
}

describe('the loop closes', () => {
  const seed = 4711;
  const blocked = generateCases(3000, seed)
    .filter(({ mode }) => mode === 'cors')
    .map((one) => ({ one, exchange: recorded(one, asCase(one)) }))
    .filter(({ exchange }) => exchange.end.kind === 'error');

  it(`has enough blocked cases to prove something, seed ${seed}`, () => {
    expect(blocked.length).toBeGreaterThan(1000);
  });

  it('the least policy lets every blocked case pass, and without any one grant it is blocked again', () => {
    let repaired = 0;
    for (const { one, exchange } of blocked) {
      const diagnosis = diagnose(exchange, chromium);
      expect(diagnosis.outcome).toBe('blocked');
      const fix = policyFor(diagnosis);
      if (fix?.kind !== 'policy') {
        // Only the client's own mistakes have no policy.
        expect(fix?.because).toMatch(/client code|method/);
        continue;
      }
      expect(validatePolicy(fix.policy)).toEqual([]);
      const after = diagnose(recorded(one, asPolicy(fix.policy)), chromium);
      expect({ one, fix, outcome: after.outcome }).toMatchObject({ outcome: 'allowed' });
      repaired++;
      for (const less of withoutOneGrant(fix.policy)) {
        // Where the credentials mode could not be seen, the grant is for the mode that would have needed it.
        const mode: OracleCase = less.without === 'credentials' ? { ...one, credentials: 'include' } : one;
        const again = recorded(mode, asPolicy(less.policy));
        expect({ one, without: less.without, outcome: diagnose(again, chromium).outcome }).toMatchObject({ outcome: 'blocked' });
      }
    }
    expect(repaired).toBeGreaterThan(1000);
  });

  it('the least policy for a session lets all of it pass, what passed before included', () => {
    const cases = generateCases(3000, seed + 1).filter(({ mode }) => mode === 'cors');
    let [passedBefore, blockedBefore, kept] = [0, 0, 0];
    for (let at = 0, size = 1; at < cases.length; at += size, size = size % 5 + 1) {
      const session = cases.slice(at, at + size).map((one) => {
        const exchange = recorded(one, asCase(one));
        return { one, exchange, diagnosis: diagnose(exchange, chromium) };
      });
      const across = policyAcross(session, 'https://api.example');
      if (across === null) continue;
      expect(validatePolicy(across.policy)).toEqual([]);
      for (const { one, exchange, diagnosis } of session) {
        if (clientFault(exchange.hops[0]) !== null) continue;
        expect({ one, policy: across.policy, outcome: diagnose(recorded(one, asPolicy(across.policy)), chromium).outcome }).toMatchObject({ outcome: 'allowed' });
        if (diagnosis.outcome === 'allowed') passedBefore++;
        else blockedBefore++;
        if (across.policy.origins === '*') kept++;
      }
    }
    // Otherwise the test would have shown little.
    expect(passedBefore).toBeGreaterThan(100);
    expect(blockedBefore).toBeGreaterThan(1000);
    expect(kept).toBeGreaterThan(0);
  });
});
