import { describe, expect, it } from 'vitest';
import { browserProfiles } from '../../src/fetch/browser-profile.ts';
import type { Diagnosed } from '../../src/explain/across.ts';
import { diagnose } from '../../src/explain/diagnosis.ts';
import { type CorsPolicy, validatePolicy } from '../../src/fix/cors-policy.ts';
import { policyAcross } from '../../src/fix/policy-across.ts';
import { policyFor } from '../../src/fix/policy-for.ts';
import { type Story, acah, acam, acao, actual, app, blocked, cookie, exchangeOf, location, named, preflight, vary } from '../explain/story.ts';

const server = 'https://api.example';
const admin = 'https://admin.example';

const from = (origin: string, story: Story): Story => ({ ...story, origin });
const at = (url: string, { hops = [], ...story }: Story): Story => ({ ...story, hops: hops.map((hop) => ({ ...hop, url })) });
const passes = (answer: readonly [number, ...string[]], ...sent: readonly string[]): Story => ({ hops: [{ sent, answer }] });

const diagnosed = (story: Story): Diagnosed => {
  const exchange = exchangeOf(story);
  return { exchange, diagnosis: diagnose(exchange, browserProfiles.chromium) };
};
const across = (...session: readonly Story[]) => policyAcross(session.map(diagnosed), server);

const anonymous: CorsPolicy = { origins: [app], credentialed: false, methods: [], requestHeaders: [], exposedHeaders: [], maxAge: null };
/** The sign of a cross-site request without credentials. */
const crossSite = 'Sec-Fetch-Site: cross-site';

interface Row {
  readonly name: string;
  readonly session: readonly Story[];
  readonly policy: Partial<CorsPolicy> | null;
  readonly covers?: number;
  readonly leftOut?: readonly RegExp[];
  readonly notes?: readonly RegExp[];
}

const rows: readonly Row[] = [
  { name: 'one blocked request', session: [actual([200], crossSite)], policy: {} },
  { name: 'nothing', session: [], policy: null },
  { name: 'other servers alone', session: [at('https://api.example.evil/a', actual([200])), at('https://api.example:8443/a', actual([200])), at('http://api.example/a', actual([200]))], policy: null },
  { name: 'two pages', session: [actual([200], crossSite), from(admin, actual([200], crossSite))], policy: { origins: [app, admin] }, covers: 2 },
  {
    name: 'what passes today, so that the repair of the rest does not break it',
    session: [
      preflight('PUT', 'x-a', 204, ...named, acam('PUT')),
      { hops: [{ method: 'DELETE', sent: [cookie, 'X-B: 1'], preflight: { asks: 'x-b', answer: [204, ...named, acam('DELETE'), acah('x-b')] }, answer: [200, ...named] }] },
    ],
    policy: { credentialed: true, methods: ['PUT', 'DELETE'], requestHeaders: ['x-a', 'x-b'], maxAge: 600 }, covers: 2, notes: [/Nothing shows/],
  },
  {
    name: 'what a cached preflight allowed, as far as it was seen',
    session: [{ hops: [{ method: 'PUT', sent: [cookie, 'X-B: 1'], preflight: 'cache', answer: [200, ...named] }] }, actual([200], crossSite)],
    policy: { credentialed: true, methods: ['PUT'], requestHeaders: ['x-b'], maxAge: 600 }, covers: 2,
  },
  { name: 'any origin stays allowed where nobody carries credentials', session: [passes([200, acao('*')], crossSite), preflight('PUT', undefined, 204, acao('*'))].map((story, index) => (index === 1 ? { ...story, asked: { credentials: 'omit' } } : story)), policy: { origins: '*', methods: ['PUT'], maxAge: 600 }, covers: 2 },
  {
    name: 'each origin is named as soon as one request carries credentials', session: [from(admin, passes([200, acao('*')], crossSite)), actual([200, acao('*')], cookie)],
    policy: { origins: [admin, app], credentialed: true }, covers: 2, notes: [/all origins at once\. https:\/\/admin\.example did not/, /any origin today/],
  },
  { name: 'each origin is named where some responses name it', session: [passes([200, acao('*')], crossSite), from(admin, passes([200, acao(admin), vary], crossSite)), from('null', passes([200, acao('*')], crossSite))], policy: { origins: [app, admin] }, covers: 2, leftOut: [/origin null/], notes: [/any origin today/] },
  { name: 'any origin that was only tried out in the browser is not kept, and no header that was', session: [{ trial: 'changed', ...passes([200, acao('*'), 'Access-Control-Expose-Headers: etag'], crossSite) }], policy: {} },
  { name: 'any origin that only a blocked response allows is not kept', session: [actual([200, acao('*')], cookie)], policy: { credentialed: true } },
  { name: 'a page without an origin, where any is allowed', session: [from('null', passes([200, acao('*')], crossSite)), actual([200], crossSite)], policy: { origins: '*' }, covers: 2 },
  { name: 'a page without an origin beside one that has to be named', session: [from('null', passes([200, acao('null')])), actual([200], crossSite)], policy: {}, leftOut: [/origin null/] },
  { name: 'a redirect that lost the origin', session: [{ hops: [{ url: 'https://b.example/', answer: [302, acao('*'), location(`${server}/b`)], to: `${server}/b` }, { url: `${server}/b`, sentOrigin: 'null', answer: [200] }], end: blocked }, actual([200], crossSite)], policy: {}, leftOut: [/origin null/] },
  { name: 'a method that no server can allow, and one that it cannot know', session: [preflight('TRACE', undefined, 204), preflight('put', undefined, 204), actual([200], crossSite)], policy: {}, leftOut: [/TRACE/, /as PUT/] },
  { name: 'response headers sent as request headers', session: [preflight('GET', 'access-control-allow-origin', 204), preflight('GET', 'access-control-allow-origin', 204), actual([200], crossSite)], policy: {}, leftOut: [/access-control-allow-origin/] },
  { name: 'those alone', session: [preflight('GET', 'access-control-allow-origin', 204)], policy: null },
  { name: 'what is exposed today, without what is exposed to everybody or to nobody', session: [passes([200, acao(app), vary, 'Access-Control-Expose-Headers: ETag, Content-Type, Set-Cookie, x-a'], crossSite)], policy: { exposedHeaders: ['etag', 'x-a'] } },
  { name: 'a list of exposed headers that browsers do not read', session: [passes([200, acao(app), vary, 'Access-Control-Expose-Headers: ETag, x a'], crossSite)], policy: {} },
  { name: 'every header exposed', session: [passes([200, acao('*'), 'Access-Control-Expose-Headers: *'], crossSite)], policy: { origins: '*' }, notes: [/every response header/] },
  { name: 'a request that asked nobody', session: [{ hops: [{ sentOrigin: null, sent: ['Sec-Fetch-Mode: no-cors'], answer: [200] }] }, actual([200], crossSite)], policy: {} },
  { name: 'a request without a sign of its mode that passes without being allowed', session: [{ hops: [{ method: 'POST', answer: [200] }] }, actual([200], crossSite)], policy: {} },
  { name: 'a request that is still under way', session: [{ hops: [{ method: 'POST', sent: [crossSite, 'Sec-Fetch-Mode: cors'] }], end: 'pending' }], policy: {} },
  { name: 'a request that never got there', session: [{ hops: [{ sent: null }], end: 'net::ERR_NAME_NOT_RESOLVED' }], policy: null },
  { name: 'the first hop of a redirect to another server', session: [{ hops: [{ sent: [crossSite], answer: [302, acao(app), 'Location: https://b.example/'], to: 'https://b.example/' }, { url: 'https://b.example/', sentOrigin: 'null', answer: [200] }], end: blocked }], policy: {} },
];

describe('the policy for a session', () => {
  it.each(rows.map((row) => [row.name, row] as const))('%s', (_, { session, policy, covers = 1, leftOut = [], notes = [] }) => {
    const found = across(...session);
    if (policy === null) return expect(found).toBeNull();
    expect(found).toMatchObject({ policy: { ...anonymous, ...policy }, covers });
    expect(validatePolicy(found?.policy ?? anonymous)).toEqual([]);
    expect(found?.leftOut.map(({ because }) => because)).toEqual(leftOut.map((words) => expect.stringMatching(words)));
    expect(found?.notes).toEqual(notes.map((words) => expect.stringMatching(words)));
  });

  it('counts what it leaves out, and gives an example of it', () => {
    const wrong = preflight('GET', 'access-control-allow-origin', 204);
    expect(across(wrong, wrong, actual([200], crossSite))?.leftOut).toMatchObject([{ count: 2, method: 'GET', url: 'https://api.example/a', origin: app }]);
  });

  it('grants at least what each blocked request alone would be granted', () => {
    const session = rows.flatMap((row) => row.session).map(diagnosed);
    const found = policyAcross(session, server);
    for (const { diagnosis } of session) {
      const fix = policyFor(diagnosis);
      if (fix?.kind !== 'policy' || fix.server !== server) continue;
      expect(found?.policy.origins).toEqual(expect.arrayContaining([...fix.policy.origins]));
      expect(found?.policy.methods).toEqual(expect.arrayContaining([...fix.policy.methods]));
      expect(found?.policy.requestHeaders).toEqual(expect.arrayContaining([...fix.policy.requestHeaders]));
      expect(found?.policy.credentialed).toBe(true);
    }
  });
});
