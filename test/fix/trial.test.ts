import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { changedHeaders } from '../../src/exchange/trials.ts';
import { type Block, diagnose } from '../../src/explain/diagnosis.ts';
import { type BrowserProfile, browserProfiles } from '../../src/fetch/browser-profile.ts';
import { serializeOrigin } from '../../src/fetch/origin.ts';
import type { CorsPolicy } from '../../src/fix/cors-policy.ts';
import { policyFor } from '../../src/fix/policy-for.ts';
import { trialOf, trialRule } from '../../src/fix/trial.ts';
import { type Story, acac, acao, actual, app, cookie, exchangeOf, location, preflight } from '../explain/story.ts';

const server = 'https://api.example';
const policy: CorsPolicy = { origins: [app], credentialed: true, methods: ['PUT'], requestHeaders: ['x-a'], exposedHeaders: ['etag'], maxAge: 600 };

function blockOf(story: Story): Block {
  const { block } = diagnose(exchangeOf(story), browserProfiles.chromium);
  if (!block) throw new Error('The story is not blocked.');
  return block;
}

const plain = blockOf(actual([200]));
const trial = (change: Partial<CorsPolicy>, of = { server, block: plain }, profile = browserProfiles.chromium) => trialOf({ policy: { ...policy, ...change }, ...of, profile });

function changesOf(change: Partial<CorsPolicy>) {
  const found = trial(change);
  if (!found.ok) throw new Error(found.because);
  return found.changes;
}

describe('a trial', () => {
  it('sets what the policy grants and keeps nothing of it in a cache', () => {
    expect(changesOf({})).toEqual({
      server,
      set: [
        ['Access-Control-Allow-Origin', app], ['Access-Control-Allow-Credentials', 'true'], ['Access-Control-Allow-Methods', 'PUT'],
        ['Access-Control-Allow-Headers', 'x-a'], ['Access-Control-Expose-Headers', 'etag'], ['Access-Control-Max-Age', '0'], ['Cache-Control', 'no-store'],
      ],
      remove: [],
    });
  });

  it('removes what the policy does not grant', () => {
    expect(changesOf({ origins: '*', credentialed: false, methods: [], requestHeaders: [], exposedHeaders: [], maxAge: null })).toEqual({
      server,
      set: [['Access-Control-Allow-Origin', '*'], ['Access-Control-Max-Age', '0'], ['Cache-Control', 'no-store']],
      remove: ['Access-Control-Allow-Credentials', 'Access-Control-Allow-Methods', 'Access-Control-Allow-Headers', 'Access-Control-Expose-Headers'],
    });
  });

  it('names the one origin that asked, and says so where the policy has others', () => {
    const found = trial({ origins: ['https://other.example', app] });
    expect(found).toMatchObject({ ok: true, changes: { set: expect.arrayContaining([['Access-Control-Allow-Origin', app]]) } });
    expect(found.ok && found.limits.some((limit) => limit.includes(app))).toBe(true);
  });

  it('may not help in Firefox against a header that is sent twice', () => {
    const of = { server, block: blockOf(actual([200, acao('*'), acao(app)])) };
    const says = (profile: BrowserProfile): readonly string[] => {
      const found = trial({}, of, profile);
      return found.ok ? found.limits.filter((limit) => limit.includes('lines')) : [];
    };
    expect(says(browserProfiles.firefox)).toHaveLength(1);
    expect(says(browserProfiles.chromium)).toEqual([]);
  });

  const refused: readonly { readonly name: string; readonly story: Story; readonly says: RegExp }[] = [
    { name: 'a preflight with an error status', story: preflight('PUT', undefined, 405, acao(app)), says: /status/ },
    { name: 'a preflight that lacks headers, too', story: preflight('PUT', undefined, 401), says: /status/ },
    { name: 'a redirected preflight', story: preflight('PUT', undefined, 302, acao('*'), location('https://api.example/b')), says: /redirect|status/ },
  ];
  it.each(refused)('is not made for $name, which no header changes', ({ story, says }) => {
    const found = trial({}, { server, block: blockOf(story) });
    expect(found.ok ? '' : found.because).toMatch(says);
  });

  it.each([
    { name: 'a policy with an error', change: { origins: '*' } as const },
    { name: 'a policy that leaves the page out', change: { origins: ['https://other.example'] } },
  ])('is not made of $name', ({ change }) => expect(trial(change).ok).toBe(false));

  it.each(['https://a*b.example', 'file://', 'null', 'https://a^.example', 'https://a|b.example', 'https://api.example/path'])('is not made where a filter would mean something else: %s', (name) => {
    expect(trial({}, { server: name, block: plain }).ok).toBe(false);
    expect(trialRule({ server: name, set: [], remove: [] }, 1)).toBeNull();
  });
});

describe('the rule', () => {
  it('is limited to the tab and to the server, has the tab\'s id, and leaves documents alone', () => {
    expect(trialRule({ server: 'http://[::1]:8080', set: [['A', 'b']], remove: ['C'] }, 7)).toEqual({
      id: 7, priority: 1,
      action: { type: 'modifyHeaders', responseHeaders: [{ operation: 'set', header: 'A', value: 'b' }, { operation: 'remove', header: 'C' }] },
      condition: { urlFilter: '|http://[::1]:8080/', tabIds: [7], excludedResourceTypes: ['main_frame', 'sub_frame'] },
    });
  });

  test('begins every URL of the server, and has nothing that a filter reads as more than itself', () => {
    fc.assert(fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (url) => {
      const { href } = new URL(url);
      const filter = trialRule({ server: serializeOrigin(url), set: [], remove: [] }, 1)?.condition.urlFilter;
      if (filter === undefined) return expect(serializeOrigin(url)).toMatch(/[^0-9a-z.:/_[\]-]/);
      expect(filter).toMatch(/^\|[^*^|]+\/$/);
      expect(href.startsWith(filter.slice(1))).toBe(true);
    }));
  });
});

describe('the proposed policy, tried out', () => {
  const stories: Readonly<Record<string, Story>> = {
    'no headers': actual([200]),
    'another origin and credentials': actual([200, acao('https://other.example')], cookie),
    'two lines': actual([200, acao('*'), acao(app)]),
    'a wildcard with credentials': actual([200, acao('*'), acac], cookie),
    'a preflight without headers': preflight('DELETE', 'x-a,x-b', 204),
    'a preflight with other methods': preflight('PUT', 'content-type', 200, acao(app), 'Access-Control-Allow-Methods: GET'),
  };
  it.each(Object.entries(stories))('lets every check pass: %s', (_name, story) => {
    const exchange = exchangeOf(story);
    const diagnosis = diagnose(exchange, browserProfiles.chromium);
    const fix = policyFor(diagnosis);
    if (fix?.kind !== 'policy' || !diagnosis.block) throw new Error('No policy is proposed.');
    const found = trialOf({ policy: fix.policy, server: fix.server, block: diagnosis.block, profile: browserProfiles.chromium });
    if (!found.ok) throw new Error(found.because);
    const [hop] = exchange.hops;
    const changed = <T extends { readonly headers: readonly (readonly [string, string])[] } | null>(response: T): T => response && { ...response, headers: changedHeaders(response.headers, found.changes) };
    const tried = diagnose({
      ...exchange, end: { kind: 'completed', at: 1, fromCache: false }, trial: 'changed',
      hops: [{
        ...hop, requestHeaders: hop.requestHeaders ?? [['Origin', app]], response: changed(hop.response ?? { status: 200, headers: [] }),
        preflight: hop.preflight?.from === 'network' ? { ...hop.preflight, response: changed(hop.preflight.response) } : hop.preflight,
      }],
    }, browserProfiles.chromium);
    expect(tried.outcome).toBe('allowed');
    expect(tried.judged.flatMap(({ steps }) => steps.flatMap(({ errors }) => errors))).toEqual([]);
    expect(tried.judged.length).toBeGreaterThan(0);
  });
});
