import { request as send } from 'node:http';
import { expect } from 'vitest';
import type { HeaderList } from '../../src/fetch/header-list.ts';
import type { CorsPolicy } from '../../src/fix/cors-policy.ts';
import { respond } from '../../src/fix/respond.ts';
import { grantedBy } from './granted.ts';

/** A request, and the statuses that show that it met what it was meant to meet. */
export interface Probe {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  /** What a preflight asks for; absent: the request is no preflight. */
  readonly asks?: { readonly method: string; readonly headers: readonly string[] };
  readonly status: (status: number) => boolean;
}

const is = (...statuses: readonly number[]) => (status: number): boolean => statuses.includes(status);
const isOk = (status: number): boolean => status >= 200 && status <= 299;

function probes({ methods, requestHeaders }: CorsPolicy): readonly Probe[] {
  const [method = 'GET'] = methods;
  // As browsers send them.
  const asks = { method, headers: [...requestHeaders].sort() };
  return [
    { name: 'a preflight', method: 'OPTIONS', path: '/data', asks, status: isOk },
    ...methods.slice(1).map((method): Probe => ({ name: `a preflight for ${method}`, method: 'OPTIONS', path: '/data', asks: { method, headers: [] }, status: isOk })),
    { name: 'a preflight to a path that needs a login', method: 'OPTIONS', path: '/private', asks, status: isOk },
    { name: 'a preflight to a path that redirects', method: 'OPTIONS', path: '/moved', asks, status: isOk },
    { name: 'a preflight to a path that is missing', method: 'OPTIONS', path: '/missing', asks, status: isOk },
    { name: 'an OPTIONS request that is no preflight', method: 'OPTIONS', path: '/data', status: is(200) },
    { name: 'a response of the application', method: 'GET', path: '/data', status: is(200) },
    { name: 'a response to POST', method: 'POST', path: '/data', status: is(200) },
    { name: 'a login that is missing', method: 'GET', path: '/private', status: is(401) },
    { name: 'a redirect', method: 'GET', path: '/moved', status: is(301, 308) },
    { name: 'a path that is missing', method: 'GET', path: '/missing', status: is(404) },
    { name: 'a body that is too large', method: 'POST', path: '/upload', status: is(413) },
    { name: 'an application that fails', method: 'GET', path: '/broken', status: is(500) },
    { name: 'an application that is down', method: 'GET', path: '/unreachable', status: is(502, 503) },
  ];
}

/** The statuses of responses that a cache may keep without being told to. https://www.rfc-editor.org/rfc/rfc9110#section-15.1 */
const cacheable = [200, 203, 204, 206, 300, 301, 308, 404, 405, 410, 414, 501];

/** What no policy grants: a server may refuse it in any way. */
const ungranted: Probe = {
  name: 'a preflight for what is not granted', method: 'OPTIONS', path: '/data', asks: { method: 'UNGRANTED', headers: ['x-ungranted'] }, status: () => true,
};

export const allowedOrigins = (policy: CorsPolicy): readonly string[] => (policy.origins === '*' ? ['https://app.example'] : policy.origins);

/** Origins that no list may let through, all such as browsers send: foreign, opaque, absent, and close to an allowed one. */
export function otherOrigins(policy: CorsPolicy): readonly (string | null)[] {
  const allowed = allowedOrigins(policy);
  const lookAlikes = allowed.slice(0, 1).flatMap((origin) => [
    `${origin}.evil.example`, `${origin}:8080`, origin.slice(0, -1), origin.replace('://', '://evil'), origin.replace('.', 'x'),
  ]).filter((origin) => !allowed.includes(origin));
  return [...lookAlikes, 'https://evil.example', 'null', null];
}

export const exchange = (port: number, { method, path, asks }: Probe, origin: string | null): Promise<{ readonly status: number; readonly headers: HeaderList }> =>
  new Promise((resolve, reject) => {
    const headers = {
      ...(origin === null ? {} : { Origin: origin }),
      ...(asks === undefined ? {} : { 'Access-Control-Request-Method': asks.method }),
      ...(asks === undefined || asks.headers.length === 0 ? {} : { 'Access-Control-Request-Headers': asks.headers.join(',') }),
      ...(method === 'POST' ? { 'Content-Type': 'text/plain' } : {}),
    };
    const request = send({ host: '127.0.0.1', port, method, path, headers, agent: false }, (response) => {
      response.resume();
      response.once('end', () => {
        const raw = response.rawHeaders;
        resolve({
          status: response.statusCode ?? 0,
          headers: raw.flatMap((name, index) => (index % 2 === 0 ? [[name, raw[index + 1] ?? ''] as const] : [])),
        });
      });
    });
    request.once('error', reject);
    request.end(method === 'POST' ? 'x'.repeat(path === '/upload' ? 2000 : 10) : undefined);
  });

/** Fails where a server that runs with the policy grants anything else than the reference server does. */
export async function expectReferenceResponses(port: number, policy: CorsPolicy, name: string): Promise<void> {
  const cases = [...allowedOrigins(policy), ...otherOrigins(policy)].flatMap((origin) => [...probes(policy), ungranted].map((probe) => ({ origin, probe })));
  for (const { origin, probe } of cases) {
    const { status, headers } = await exchange(port, probe, origin);
    const what = `${name}: ${probe.name}, Origin: ${origin ?? 'absent'}, ${status} ${JSON.stringify(headers)}`;
    const isAllowed = origin !== null && (policy.origins === '*' || policy.origins.includes(origin));
    // A server may turn down a stranger as it likes.
    if (isAllowed) expect(probe.status(status), what).toBe(true);
    const request = { origin, isPreflight: probe.asks !== undefined };
    const [seen, reference] = [grantedBy(headers, request), grantedBy(respond(policy, request), request)];
    if (probe.asks !== undefined) {
      // The answer to a preflight may be for what was asked only; and a server may withhold its origin to refuse.
      expect([[], reference.origin], what).toContainEqual(seen.origin);
      if (probe !== ungranted && isAllowed) expect(seen.origin, what).toEqual(reference.origin);
      if (seen.shared === null) continue;
      expect(seen.shared.credentials, what).toEqual(reference.shared?.credentials);
      expect(reference.shared?.preflight?.methods, what).toEqual(expect.arrayContaining([...seen.shared.preflight?.methods ?? []]));
      expect(reference.shared?.preflight?.headers, what).toEqual(expect.arrayContaining([...seen.shared.preflight?.headers ?? []]));
      // Every preflight has an origin; without one it may be taken for any request.
      if (probe === ungranted || origin === null) continue;
      expect(['GET', 'HEAD', 'POST', ...seen.shared.preflight?.methods ?? []], what).toContain(probe.asks.method);
      expect(seen.shared.preflight?.headers, what).toEqual(expect.arrayContaining([...probe.asks.headers]));
      expect(seen.shared.preflight?.maxAge, what).toBe(reference.shared?.preflight?.maxAge);
    } else if (probe.method === 'OPTIONS' && !policy.methods.includes('OPTIONS')) {
      // Nobody sends it from another origin, for no preflight lets it through.
      expect([[], reference.origin], what).toContainEqual(seen.origin);
    } else if (policy.origins === '*' && origin === null) {
      // A cache must not give a response without the header to a request that needs it.
      expect(seen.origin[0] === '*' || seen.forOneOrigin, what).toBe(true);
    } else {
      const isStored = cacheable.includes(status) && !headers.some(([name, value]) => name.toLowerCase() === 'cache-control' && value.includes('no-store'));
      const needsNoVary = policy.origins === '*' || !isStored;
      expect({ ...seen, forOneOrigin: seen.forOneOrigin || needsNoVary }, what).toEqual({ ...reference, forOneOrigin: true });
    }
  }
}
