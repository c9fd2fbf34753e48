import { afterAll, describe, expect, it } from 'vitest';
import { recipes } from '../../src/recipes/recipes.ts';
import { respond } from '../../src/fix/respond.ts';
import type { FileServer } from './file-server.ts';
import { grantedBy } from './granted.ts';
import { policies } from './policies.ts';
import { allowedOrigins, exchange, otherOrigins, type Probe } from './raw-responses.ts';
import { orSkip, snippetChecker, type RunningServers } from './recipe-server.ts';

/** A cloud's service that serves files runs nowhere here; an emulator of it does. */
const emulated = recipes.filter(({ proof }) => proof.kind === 'not-on-the-server' && proof.checkedWith.startsWith('the emulator '));

describe.each(emulated.map((recipe) => [recipe.id, recipe] as const))('%s', { timeout: 600_000 }, (_, recipe) => {
  const named = Object.entries(policies).flatMap(([name, policy]) => {
    const rendered = recipe.render(policy);
    return rendered.ok ? [{ name, policy: rendered.deviation?.policy ?? policy, snippet: rendered.snippet }] : [];
  });
  let running: RunningServers | undefined;
  afterAll(() => running?.close());

  it('grants in its emulator what the reference server does', async (context) => {
    const server = await snippetChecker(recipe.id) as FileServer;
    running = await orSkip(context, () => server.start(named.map(({ snippet }) => snippet)));
    expect(named.length).toBeGreaterThan(2);
    for (const [index, { name, policy }] of named.entries()) {
      const needsPreflight = policy.methods.length > 0 || policy.requestHeaders.length > 0;
      const { present, missing } = server.pathsOf(index);
      const asks = (method: string, headers: readonly string[]) => ({ method, headers: [...headers].sort() });
      const probes: readonly Probe[] = [
        { name: 'a file', method: 'GET', path: present, status: (status) => status === 200 },
        { name: 'a file that is missing', method: 'GET', path: missing, status: (status) => status === 404 },
        ...(needsPreflight ? ['GET', ...policy.methods] : []).map((method): Probe =>
          ({ name: `a preflight for ${method}`, method: 'OPTIONS', path: present, asks: asks(method, policy.requestHeaders), status: (status) => status === 200 })),
      ];
      for (const origin of [...allowedOrigins(policy), ...otherOrigins(policy)].filter((origin) => origin !== null)) {
        for (const probe of probes) {
          const { status, headers } = await exchange(running.ports[index] ?? 0, probe, origin);
          const what = `${name}: ${probe.name}, Origin: ${origin}, ${status} ${JSON.stringify(headers)}`;
          const isAllowed = policy.origins === '*' || policy.origins.includes(origin);
          const request = { origin, isPreflight: probe.asks !== undefined };
          const [seen, reference] = [grantedBy(headers, request), grantedBy(respond(policy, request), request)];
          // The one origin that is stated for everyone lets nobody else in.
          if (!isAllowed) {
            expect(seen.origin, what).not.toContain('*');
            expect(seen.origin, what).not.toContain(origin);
            continue;
          }
          expect(probe.status(status), what).toBe(true);
          expect([[origin], reference.origin], what).toContainEqual(seen.origin);
          // Azurite also grants credentials in the preflight for any origin; the response to the actual request decides.
          if (!request.isPreflight || policy.origins !== '*') expect(seen.shared?.credentials, what).toEqual(reference.shared?.credentials);
          if (probe.asks) {
            expect(['GET', 'HEAD', 'POST', ...seen.shared?.preflight?.methods ?? []], what).toContain(probe.asks.method);
            expect(seen.shared?.preflight?.headers, what).toEqual(reference.shared?.preflight?.headers);
            expect(seen.shared?.preflight?.maxAge, what).toBe(reference.shared?.preflight?.maxAge);
          } else {
            // A service may name those headers only that the response has.
            expect(reference.shared?.exposed, what).toEqual(expect.arrayContaining([...seen.shared?.exposed ?? []]));
            if (reference.shared?.exposed.includes('etag') && status === 200) expect(seen.shared?.exposed, what).toContain('etag');
          }
        }
      }
      if (!needsPreflight) continue;
      const refused: Probe = { name: 'a preflight for what is not granted', method: 'OPTIONS', path: present, asks: { method: 'UNGRANTED', headers: ['x-ungranted'] }, status: () => true };
      const { headers } = await exchange(running.ports[index] ?? 0, refused, allowedOrigins(policy)[0] ?? '');
      expect(grantedBy(headers, { origin: '', isPreflight: true }).shared, name).toBeNull();
    }
  });
});
