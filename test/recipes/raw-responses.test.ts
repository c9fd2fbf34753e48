import { request as send } from 'node:http';
import { describe, expect, it } from 'vitest';
import type { HeaderList } from '../../src/fetch/header-list.ts';
import type { CorsPolicy } from '../../src/fix/cors-policy.ts';
import { respond } from '../../src/fix/respond.ts';
import { recipes } from '../../src/recipes/recipes.ts';
import { policies } from './policies.ts';
import { recipeServer } from './recipe-server.ts';

/** A request, and the statuses that show that it met what it was meant to meet. */
interface Probe {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly isPreflight?: true;
  readonly status: readonly number[];
}

const probes: readonly Probe[] = [
  { name: 'a preflight', method: 'OPTIONS', path: '/data', isPreflight: true, status: [204] },
  { name: 'a preflight to a path that needs a login', method: 'OPTIONS', path: '/private', isPreflight: true, status: [204] },
  { name: 'a preflight to a path that redirects', method: 'OPTIONS', path: '/moved', isPreflight: true, status: [204] },
  { name: 'a preflight to a path that is missing', method: 'OPTIONS', path: '/missing', isPreflight: true, status: [204] },
  { name: 'an OPTIONS request that is no preflight', method: 'OPTIONS', path: '/data', status: [200] },
  { name: 'a response of the application', method: 'GET', path: '/data', status: [200] },
  { name: 'a response to POST', method: 'POST', path: '/data', status: [200] },
  { name: 'a login that is missing', method: 'GET', path: '/private', status: [401] },
  { name: 'a redirect', method: 'GET', path: '/moved', status: [308] },
  { name: 'a path that is missing', method: 'GET', path: '/missing', status: [404] },
  { name: 'a body that is too large', method: 'POST', path: '/upload', status: [413] },
  { name: 'an application that fails', method: 'GET', path: '/broken', status: [500] },
  { name: 'an application that is down', method: 'GET', path: '/unreachable', status: [502, 503] },
];

/** Each allowed origin, then origins that no list may let through: foreign, opaque, absent, and close to an allowed one. */
function origins(policy: CorsPolicy): readonly (string | null)[] {
  const allowed = policy.origins === '*' ? ['https://app.example'] : policy.origins;
  const lookAlikes = allowed.slice(0, 1).flatMap((origin) => [
    `${origin}.evil.example`, `${origin}:8080`, `${origin}/`, origin.slice(0, -1), origin.replace('://', '://evil'), origin.replace('.', 'x'),
  ]).filter((origin) => !allowed.includes(origin));
  return [...allowed, ...lookAlikes, 'https://evil.example', 'null', '*', null];
}

const exchange = (port: number, { method, path, isPreflight }: Probe, origin: string | null): Promise<{ readonly status: number; readonly headers: HeaderList }> =>
  new Promise((resolve, reject) => {
    const headers = {
      ...(origin === null ? {} : { Origin: origin }),
      ...(isPreflight ? { 'Access-Control-Request-Method': 'PUT', 'Access-Control-Request-Headers': 'x-asked-for' } : {}),
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

/** What CORS and caches read of a header list: every Access-Control-* line on its own, and whether the response varies by origin. */
function sharing(headers: HeaderList): readonly string[] {
  const items = (value: string): readonly string[] => value.split(',').map((item) => item.trim());
  const lines = headers.flatMap(([name, value]) => (/^access-control-/i.test(name) ? [`${name.toLowerCase()}: ${items(value).join(', ')}`] : []));
  const varies = headers.some(([name, value]) => name.toLowerCase() === 'vary' && items(value.toLowerCase()).includes('origin'));
  return [...lines.sort(), ...(varies ? ['vary: origin'] : [])];
}

describe.each(recipes.map((recipe) => [recipe.id, recipe] as const))('%s', (_, recipe) => {
  it.each(Object.entries(policies))('answers %s as the reference server does', async (_, policy) => {
    const rendered = recipe.render(policy);
    if (!rendered.ok) throw new Error(rendered.refused);
    const server = await (await recipeServer(recipe.id)).start(rendered.snippet);
    try {
      for (const origin of origins(policy)) {
        for (const probe of probes) {
          const { status, headers } = await exchange(server.port, probe, origin);
          const what = `${probe.name}, Origin: ${origin ?? 'absent'}`;
          expect(probe.status, what).toContain(status);
          expect(sharing(headers), what).toEqual(sharing(respond(policy, { origin, isPreflight: probe.isPreflight ?? false })));
        }
      }
    } finally {
      await server.close();
    }
  });
});
