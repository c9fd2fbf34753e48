import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { browserProfiles } from '../../src/fetch/browser-profile.ts';
import type { CauseRow } from '../../src/explain/causes/cause.ts';
import { causes, openCauses } from '../../src/explain/causes/causes.ts';
import { elementCode, pastableOrigin, pastableUrl } from '../../src/explain/causes/paste.ts';
import { sdkHeader, sdkHeaders } from '../../src/explain/causes/sdk-headers.ts';
import { urlDifference } from '../../src/explain/causes/url-difference.ts';
import { diagnose } from '../../src/explain/diagnosis.ts';
import { type Story, acac, acah, acam, acao, actual, app, blocked, cookie, exchangeOf, location, named, preflight, redirected, vary } from './story.ts';

/** Stories that have a cause, and stories that look like it and have not. */
interface Case {
  readonly is: readonly Story[];
  readonly isNot: readonly Story[];
  /** Whether it is the one to tell. Default: yes. */
  readonly isFirst?: false;
}

const at = (url: string, { hops = [], ...story }: Story): Story => ({ ...story, hops: hops.map((hop) => ({ ...hop, url })) });
const from = (origin: string, story: Story): Story => ({ ...story, origin });
const typed = (type: string, story: Story): Story => ({ ...story, type });
const afterPreflight = (status: number, ...lines: readonly string[]): Story =>
  ({ hops: [{ method: 'PUT', preflight: { answer: [204, ...named, acam('PUT')] }, answer: [status, ...lines] }], end: blocked });
const afterCachedPreflight = (answer: readonly [number, ...string[]]): Story =>
  ({ hops: [{ method: 'PUT', preflight: { cached: [204, ...named, acam('PUT'), 'Access-Control-Max-Age: 600'] }, answer }], end: blocked });
const bareError = actual([500]);
const notAllowed = actual([200]);
const allows = (origin: string): Story => actual([200, acao(origin)]);
const forNull = from('null', actual([200, acao(app)]));

const cases: Readonly<Record<string, Case>> = {
  'response-header-sent-as-request-header': {
    is: [preflight('GET', 'access-control-allow-origin', 204, ...named), preflight('GET', 'content-type,access-control-allow-headers', 204)],
    isNot: [preflight('GET', 'x-access-control-allow-origin', 204, ...named), preflight('GET', 'access-control', 204, ...named)],
  },
  'bot-challenge': {
    is: [actual([403, 'cf-mitigated: challenge', 'Server: cloudflare']), preflight('PUT', undefined, 403, 'cf-mitigated: challenge'), preflight('PUT', undefined, 403, ...named, acam('PUT'), 'cf-mitigated: challenge')],
    isNot: [actual([403, 'Server: cloudflare', 'CF-Ray: 1']), actual([200, 'cf-mitigated: challenge', acao('https://b.example')])],
  },
  'tunnel-warning-page': {
    is: [at('https://a1.ngrok-free.app/x', actual([200, 'ngrok-error-code: ERR_NGROK_6024'])), at('https://a1.ngrok.app/x', actual([404, 'ngrok-error-code: ERR_NGROK_3200']))],
    isNot: [at('https://a1.ngrok-free.app/x', bareError), at('https://ngrok.example/x', notAllowed)],
  },
  'guarded-preview': {
    is: [
      at('https://x-3000.app.github.dev/a', preflight('PUT', undefined, 302, location('https://github.dev/pf-signin'))),
      at('https://x.vercel.app/a', preflight('PUT', undefined, 401)), at('https://x.euw.devtunnels.ms/a', actual([401])),
    ],
    isNot: [at('https://x.vercel.app/a', bareError), at('https://x.vercel.app/a', notAllowed), at('https://notvercel.app/a', actual([401])), at('https://x.vercel.app/a', actual([401, acao('https://b.example')]))],
  },
  'redirected-to-login': {
    is: [redirected('https://login.example/start', [200]), redirected('https://tenant.okta.com/x', [200]), actual([302, location('/oauth2/authorize')])],
    isNot: [redirected('https://b.example/loginform', [200]), redirected('https://b.example/assign-in', [200]), actual([302, location('/blogin')])],
  },
  'preflight-redirected-to-login': {
    is: [preflight('PUT', undefined, 302, location('https://login.microsoftonline.com/x/oauth2'))],
    isNot: [preflight('PUT', undefined, 301, location('https://api.example/a/')), actual([302, location('https://login.example/')])],
  },
  'bucket-in-other-region': {
    is: [at('https://b.s3.amazonaws.com/k', preflight('PUT', undefined, 307, 'Server: AmazonS3', 'x-amz-bucket-region: eu-west-1', location('https://b.s3.eu-west-1.amazonaws.com/k'))), actual([301, 'Server: AmazonS3'])],
    isNot: [actual([301, location('/b')]), actual([403, 'Server: AmazonS3'])],
  },
  'bucket-without-rule': {
    is: [preflight('PUT', undefined, 403, 'Server: AmazonS3'), actual([200, 'Server: AmazonS3']), actual([403, 'Server: AmazonS3'])],
    isNot: [actual([200, 'Server: AmazonS3', acao('https://b.example')]), preflight('PUT', undefined, 403), actual([301, 'Server: AmazonS3'])],
  },
  'cloud-run-refused': {
    is: [at('https://x-uc.a.run.app/a', preflight('PUT', undefined, 403)), at('https://europe-west1-p.cloudfunctions.net/f', actual([404]))],
    isNot: [at('https://x-uc.a.run.app/a', actual([500])), at('https://run.app.example/a', actual([403])), at('https://x-uc.a.run.app/a', notAllowed)],
  },
  'edge-function-without-options': {
    is: [at('https://p.supabase.co/functions/v1/f', preflight('POST', 'apikey', 500)), at('https://p.supabase.co/functions/v1/f', actual([400]))],
    isNot: [at('https://p.supabase.co/rest/v1/t', actual([400])), at('https://supabase.co.example/functions/v1/f', actual([400])), at('https://p.supabase.co/functions/v1/f', notAllowed)],
  },
  'api-gateway-answered': {
    is: [actual([403, 'x-amzn-ErrorType: MissingAuthenticationTokenException', 'x-amzn-RequestId: 1']), actual([502, 'x-amz-apigw-id: 1'])],
    isNot: [actual([200, 'x-amz-apigw-id: 1']), actual([403, 'x-amzn-RequestId: 1']), actual([403, 'x-amz-apigw-id: 1', acao('https://b.example')])],
  },
  'rate-limited': {
    is: [actual([429, 'Retry-After: 30']), actual([429])],
    isNot: [actual([428]), actual([429, acao('https://b.example')]), preflight('PUT', undefined, 429)],
  },
  'body-too-large': {
    is: [afterPreflight(413, 'Server: nginx'), actual([413])],
    isNot: [actual([414]), preflight('PUT', undefined, 413)],
  },
  'gateway-error': {
    is: [actual([502, 'Server: nginx']), actual([504]), preflight('PUT', undefined, 503), actual([521, 'Server: cloudflare'])],
    isNot: [actual([500, 'Server: nginx']), actual([502, acao('https://b.example')]), actual([501])],
  },
  'nginx-without-always': {
    is: [afterPreflight(500, 'Server: nginx/1.27'), afterPreflight(404, 'Server: openresty')],
    isNot: [actual([500, 'Server: nginx']), afterPreflight(500, 'Server: Apache'), afterPreflight(200, 'Server: nginx'), afterPreflight(500, 'Server: my-nginx')],
  },
  'error-response': {
    is: [actual([500]), actual([401]), actual([418])],
    isNot: [actual([500, acao('https://b.example')]), preflight('PUT', undefined, 500), notAllowed, actual([399])],
  },
  'preflight-needs-login': {
    is: [preflight('PUT', undefined, 401), preflight('GET', 'authorization', 403), preflight('PUT', undefined, 407, ...named, acam('PUT'))],
    isNot: [actual([401]), preflight('PUT', undefined, 404), preflight('PUT', undefined, 402)],
  },
  'preflight-crashes': {
    is: [preflight('PUT', undefined, 500), preflight('PUT', undefined, 505, ...named, acam('PUT'))],
    isNot: [preflight('PUT', undefined, 501), actual([500]), preflight('PUT', undefined, 404)],
  },
  'preflight-not-answered': {
    is: [preflight('PUT', undefined, 404), preflight('PUT', undefined, 405, 'Allow: GET'), preflight('PUT', undefined, 501), preflight('PUT', undefined, 304, ...named, acam('PUT'))],
    isNot: [preflight('PUT', undefined, 401), preflight('PUT', undefined, 500), actual([404]), preflight('PUT', undefined, 204)],
  },
  'preflight-redirected': {
    is: [
      preflight('PUT', undefined, 301, location('https://api.example/a/')), preflight('PUT', undefined, 308, ...named, acam('PUT'), location('http://api.example/a')),
      preflight('PUT', undefined, 301, location('https://www.api.example/a')), preflight('PUT', undefined, 302, location('https://b.example/a')),
    ],
    isNot: [preflight('PUT', undefined, 302, ...named, acam('PUT')), actual([301, location('/b')]), preflight('PUT', undefined, 404, location('/b'))],
  },
  'options-answered-without-cors': {
    is: [preflight('PUT', undefined, 200, 'Allow: GET, PUT, OPTIONS')],
    isNot: [preflight('PUT', undefined, 200), preflight('PUT', undefined, 405, 'Allow: GET'), preflight('PUT', undefined, 200, ...named, 'Allow: PUT')],
  },
  'origin-lost-in-redirect': {
    is: [redirected('https://b.example/b', [200, acao(app)]), redirected('https://b.example/b', [200])],
    isNot: [redirected('https://api.example/b', [200], app), from('null', redirected('https://b.example/b', [200]))],
  },
  'redirect-without-headers': {
    is: [actual([302, location('https://b.example/b')]), actual([301, location('/a/')])],
    isNot: [actual([302]), preflight('PUT', undefined, 302, location('/b')), actual([200, location('/b')]), actual([302, acao('https://c.example'), location('/b')])],
  },
  'opaque-origin': {
    is: [forNull, from('null', actual([200]))],
    isNot: [from('null', actual([200, acao('*'), acac], cookie)), notAllowed, redirected('https://b.example/b', [200, acao(app)])],
  },
  'header-sent-twice': {
    is: [actual([200, acao(app), acao(app)]), actual([200, acao(`${app}, ${app}`)]), actual([200, acao('*, *')]), preflight('PUT', undefined, 204, acao('*'), acao('*'), acam('PUT')), actual([200, acao(app), acao('*'), 'Server: nginx', 'X-Powered-By: Express'])],
    isNot: [actual([200, acao(`${app}, https://b.example`)]), allows('https://b.example')],
  },
  'several-origins-in-one-header': {
    is: [actual([200, acao(`${app}, https://b.example`)]), actual([200, acao(`${app} https://b.example`)])],
    isNot: [actual([200, acao(app), acao(app)]), allows('https://b.example'), allows('a, b'), allows('*.a, *.b')],
  },
  'cached-without-headers': {
    is: [actual([200, 'Age: 12']), actual([200, 'CF-Cache-Status: HIT']), actual([200, 'X-Cache: Hit from cloudfront', 'Vary: Accept']), actual([200, 'Cache-Status: edge; hit'])],
    isNot: [actual([200, 'Age: 0']), actual([200, 'Age: 12', vary]), actual([200, 'X-Cache: Miss from cloudfront']), actual([200, 'CF-Cache-Status: MISS']), actual([500, 'Age: 12']), preflight('PUT', undefined, 204, 'Age: 12')],
  },
  'cached-for-another-origin': {
    is: [actual([200, acao('https://b.example'), 'Age: 9'])],
    isNot: [actual([200, acao('https://b.example'), 'Age: 9', vary]), allows('https://b.example'), actual([200, acao('null'), 'Age: 9'])],
  },
  'origin-with-slash': { is: [allows(`${app}/`)], isNot: [allows(`${app}/page`), allows('https://b.example/'), allows(`${app}//`)] },
  'origin-in-upper-case': { is: [allows('HTTPS://APP.example')], isNot: [allows('HTTPS://B.example'), allows('https://app.example/A')] },
  'origin-with-path': { is: [allows(`${app}/page`), allows(`${app}?a`)], isNot: [allows(`${app}/`), allows('https://b.example/page'), allows('https://APP.example')] },
  'origin-without-scheme': { is: [allows('app.example')], isNot: [allows('b.example'), allows('app.example/')] },
  'origin-in-quotes': { is: [allows(`"${app}"`), allows('\'*\'')], isNot: [allows('"https://b.example"'), allows(`"${app}`)] },
  'origin-differs-in-scheme': { is: [allows('http://app.example')], isNot: [allows('http://app.example:8080'), allows('http://app.example/x'), allows('ftp:app.example')] },
  'origin-differs-in-port': { is: [allows('https://app.example:8443'), from('http://localhost:5173', allows('http://localhost:3000'))], isNot: [allows('https://b.example:8443'), allows('https://app.example:443')] },
  'loopback-names-differ': {
    is: [from('http://localhost:3000', allows('http://127.0.0.1:3000')), from('http://[::1]:3000', allows('http://localhost:3000'))],
    isNot: [from('http://localhost:3000', allows('http://localhost:3001')), from('http://localhost:3000', allows('http://localhost.example:3000')), allows('http://127.0.0.1')],
  },
  'origin-differs-in-www': { is: [allows('https://www.app.example'), from('https://www.app.example', allows(app))], isNot: [allows('http://www.app.example'), allows('https://www2.app.example')] },
  'setting-without-value': {
    is: [allows('undefined'), allows(''), allows('[object]'), allows('${ALLOWED_ORIGIN}'), allows('{{origin}}')],
    isNot: [allows('null'), allows('undefined.example'), allows('https://undefined'), from('null', allows('https://b.example'))],
  },
  'origin-is-pattern': { is: [allows('https://*.app.example'), allows('^https://.*\\.example$'), allows('*.example')], isNot: [allows('https://b.example'), allows('"*"'), allows('**')] },
  'development-page': {
    is: [from('http://localhost:5173', allows('https://app.example'))],
    isNot: [from('http://localhost:5173', allows('http://localhost:3000')), allows('https://b.example'), from('https://localhost.example', allows(app))],
  },
  'preview-page': { is: [from('https://shop-git-main.vercel.app', allows('https://shop.example'))], isNot: [from('https://vercel.app.example', allows('https://shop.example')), from('https://shop-git-main.vercel.app', actual([200]))] },
  'credentials-value-not-true': {
    is: [actual([200, acao(app), 'Access-Control-Allow-Credentials: True'], cookie), actual([200, acao(app), acac, acac], cookie)],
    isNot: [actual([200, acao(app)], cookie), actual([200, acao('*'), 'Access-Control-Allow-Credentials: True'], cookie)],
  },
  'wildcard-list-with-credentials': {
    is: [typed('ping', preflight('POST', 'content-type', 204, ...named, acah('*')))],
    isNot: [typed('ping', preflight('POST', 'content-type', 204, ...named, acah('x-a'))), typed('ping', preflight('POST', 'content-type', 204, acao('*'), acah('*')))],
  },
  'method-in-lower-case': { is: [preflight('patch', undefined, 204, ...named, acam('PATCH'))], isNot: [preflight('PATCH', undefined, 204, ...named, acam('GET'))] },
  'header-misspelt': {
    is: [preflight('GET', 'x-request-id', 204, ...named, acah('x_request_id')), preflight('GET', 'content-type', 204, ...named, acah('contenttype'))],
    isNot: [preflight('GET', 'x-request-id', 204, ...named, acah('x-request')), preflight('GET', 'x-a', 204, ...named, acah('x-a;'))],
  },
  'header-added-by-library': {
    is: [preflight('GET', 'traceparent', 204, ...named), preflight('GET', 'x-datadog-trace-id', 204, ...named), preflight('GET', 'mcp-session-id', 204, ...named)],
    isNot: [preflight('GET', 'x-traceparent', 204, ...named), preflight('GET', 'x-a,traceparent', 204, ...named, acah('traceparent')), preflight('GET', 'x-datadog', 204, ...named)],
  },
  'headers-only-on-preflight': { is: [afterPreflight(200)], isNot: [afterPreflight(500), notAllowed, afterPreflight(200, acao('https://b.example'))] },
  'font-needs-cors': { is: [typed('font', actual([200]))], isNot: [notAllowed, typed('font', allows('https://b.example'))] },
  'element-asks-for-cors': {
    is: [typed('image', actual([200])), typed('script', actual([200]))],
    isNot: [notAllowed, typed('image', allows('https://b.example')), typed('image', { hops: [{ sentOrigin: null, answer: [200] }] })],
  },
  'html-instead-of-data': {
    is: [actual([200, 'Content-Type: text/html; charset=utf-8'])],
    isNot: [actual([200, 'Content-Type: application/json']), actual([404, 'Content-Type: text/html']), typed('image', actual([200, 'Content-Type: text/html'])), actual([200, 'Content-Type: text/html', acao('https://b.example')])],
  },
  'wildcard-with-credentials': { is: [actual([200, acao('*'), acac], cookie)], isNot: [{ hops: [{ answer: [200, acao('*')] }] }, actual([200, acao(app)], cookie)] },
  'credentials-not-allowed': { is: [actual([200, acao(app)], cookie)], isNot: [actual([200, acao('*')], cookie)] },
  'origin-not-allowed': { is: [allows('https://b.example')], isNot: [notAllowed, redirected('https://b.example/b', [200, acao(app)]), actual([200, acao(app), acao(app)])] },
  'method-not-allowed': { is: [preflight('PATCH', undefined, 204, ...named, acam('GET, PUT'))], isNot: [preflight('PUT', undefined, 204, ...named, acam('PUT;DELETE'))] },
  'header-not-allowed': { is: [preflight('GET', 'x-a,x-b', 204, ...named, acah('x-c'))], isNot: [preflight('GET', 'x-a', 204, ...named, acah('x-a: *'))] },
  'unreadable-list': { is: [preflight('PUT', undefined, 204, ...named, acam('PUT;DELETE')), preflight('GET', 'x-a', 204, ...named, acah('x-a: *'))], isNot: [preflight('PUT', 'x-a', 204, ...named, acam(',PUT,'), acah(','))] },
  'credentials-in-redirect': {
    is: [{ hops: [{ answer: [302, acao('*'), location('https://me:pw@b.example/')] }], end: blocked }],
    isNot: [{ hops: [{ answer: [302, ...named, location('/me:pw@b')], to: 'https://api.example/me:pw@b' }], end: 'refused' }],
  },
  'redirect-to-other-scheme': {
    is: [{ hops: [{ answer: [302, acao('*'), location('ftp://files.example/x')], to: 'ftp://files.example/x' }], end: 'unfollowed' }],
    isNot: [redirected('https://b.example/ftp://x', [200])],
  },
  'no-cors-headers': { is: [notAllowed, preflight('PUT', undefined, 204)], isNot: [allows('https://b.example'), preflight('PUT', undefined, 405, acao('*'), acam('PUT'))] },
  'stale-preflight': { is: [afterCachedPreflight([200])], isNot: [afterPreflight(200), afterCachedPreflight([200, ...named])], isFirst: false },
  'extension-adds-wildcard': {
    is: [actual([200, acao('*'), acam('PUT, GET, HEAD, POST, DELETE, OPTIONS')], cookie)],
    isNot: [actual([200, acao('*'), acam('GET, POST')], cookie), allows('https://b.example'), actual([200, acam('PUT, GET, HEAD, POST, DELETE, OPTIONS')])], isFirst: false,
  },
  'refusal-without-headers': { is: [preflight('GET', 'traceparent', 204)], isNot: [preflight('GET', 'x-a', 204), preflight('GET', 'traceparent', 401), preflight('GET', 'traceparent', 204, acao('https://b.example'))], isFirst: false },
  'extension-rewrites-headers': {
    is: [{ hops: [{ answer: [200] }] }, { hops: [{ answer: [200, acao('https://b.example')] }] }],
    isNot: [
      { hops: [{ answer: [200, acao('*')] }] }, { hops: [{ answer: [304] }] }, { hops: [{ method: 'POST', answer: [200] }] },
      { hops: [{ sentOrigin: null, answer: [200] }] }, { origin: 'chrome-extension://abcdefghijklmnopabcdefghijklmnop', hops: [{ answer: [200] }] }, { hops: [{ answer: [200] }], end: 'pending' },
    ],
  },
};

const causesIn = (story: Story) => diagnose(exchangeOf(story), browserProfiles.chromium).causes;
const told: readonly string[] = [...causes, ...openCauses].map(({ id }) => id);

describe.each(Object.entries(cases))('%s', (id, { is, isNot, isFirst = true }) => {
  it.each(is.map((story, index) => [index + 1, story] as const))('is told of its story %i', (_, story) => {
    const found = causesIn(story);
    expect(found.map((cause) => cause.id)).toContain(id);
    if (isFirst) expect(told.indexOf(found[0]?.id ?? ''), `${found[0]?.id} is told before ${id}: tell a story in which ${id} comes first`).toBeLessThanOrEqual(told.indexOf(id));
  });

  it.each(isNot.map((story, index) => [index + 1, story] as const))('is not told of what only resembles it, %i', (_, story) => {
    expect(causesIn(story).map((cause) => cause.id)).not.toContain(id);
  });

  it('comes first at least once, unless it only adds to others', () => {
    expect(is.some((story) => causesIn(story)[0]?.id === id)).toBe(isFirst);
  });
});

describe('every cause', () => {
  it('has its place in the order, and its stories here', async () => {
    const folder = new URL('../../src/explain/causes/', import.meta.url);
    const files = readdirSync(folder).filter((name) => !['cause.ts', 'causes.ts'].includes(name));
    const modules = await Promise.all(files.map((name) => import(new URL(name, folder).href) as Promise<Record<string, unknown>>));
    const rows = modules.flatMap((exported) => Object.values(exported)).filter(isCauseRow).map(({ id }) => id);
    expect(rows.length).toBeGreaterThan(40);
    expect(rows.filter((id) => !told.includes(id)), 'give each of these a place in causes.ts').toEqual([]);
    expect(rows.filter((id) => !(id in cases)), 'tell stories of each of these in `cases`, and some that only resemble it').toEqual([]);
    expect(new Set(told).size, 'an id stands for one cause').toBe(told.length);
    expect(Object.entries(cases).filter(([, { is, isNot }]) => is.length === 0 || isNot.length === 0).map(([id]) => id), 'each needs a story, and one that only resembles it').toEqual([]);
  });

  const all = Object.values(cases).flatMap(({ is, isNot }) => [...is, ...isNot]).flatMap(causesIn);
  it.each([...causes, ...openCauses].map((row) => [row.id, row.source] as const))('%s says what happened in sentences, shows its evidence and names its source', (id, source) => {
    expect(source).toMatch(/^https:\/\/\S+$/);
    for (const cause of all.filter((candidate) => candidate.id === id)) {
      expect(cause.summary).toMatch(/^\S.*\.$/);
      expect(cause.summary).not.toMatch(/undefined, |NaN|\[object O|  |\.\./);
      expect(cause.evidence).toMatch(/\S/);
      if (cause.short !== null) expect(cause.short).toMatch(/^\S.{3,170}[^.]$/);
      if (cause.fix !== null) expect(cause.fix).toMatch(/^\S.*\.$/);
      if (cause.code !== null) expect(cause, 'code without a sentence that says where it belongs').toMatchObject({ fix: expect.any(String), code: expect.stringMatching(/^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/) });
    }
  });
});

const isCauseRow = (value: unknown): value is CauseRow => typeof value === 'object' && value !== null && 'id' in value && 'explain' in value;

describe('ordinary requests', () => {
  const ordinary: readonly Story[] = [
    { hops: [{ answer: [200, acao('*')] }] }, { hops: [{ answer: [200, ...named] }] }, { hops: [{ answer: [404, acao('*')] }] }, { hops: [{ answer: [500, ...named], sent: [cookie] }] },
    { hops: [{ sentOrigin: null, answer: [200, 'Server: nginx', 'Age: 5'] }] }, { type: 'image', hops: [{ sentOrigin: null, sent: ['Sec-Fetch-Mode: no-cors'], answer: [200] }] },
    { type: 'ping', hops: [{ method: 'POST', sent: ['Sec-Fetch-Mode: no-cors'], answer: [204] }] }, { type: 'font', hops: [{ answer: [200, acao('*'), 'Age: 100'] }] },
    { hops: [{ method: 'PUT', sent: ['Cookie: a=b', 'traceparent: 1'], preflight: { asks: 'traceparent', answer: [204, ...named, acam('PUT'), acah('traceparent')] }, answer: [200, ...named] }] },
    { hops: [{ answer: [302, acao('*'), location('https://login.example/')], to: 'https://login.example/' }, { url: 'https://login.example/', sentOrigin: 'null', answer: [200, acao('*')] }] },
    { hops: [{ sent: null }], end: 'pending' }, { hops: [{ answer: [200, ...named, 'cf-mitigated: challenge'] }] },
  ];
  it.each(ordinary.map((story, index) => [index + 1, story] as const))('have no cause and no failure, %i', (_, story) => {
    const { causes: found, failure } = diagnose(exchangeOf(story), browserProfiles.chromium);
    expect({ causes: found, failure }).toEqual({ causes: [], failure: null });
  });
});

describe('the difference of two URLs', () => {
  const a = 'https://api.example/a';
  it.each([
    ['http://api.example/a', 'has http instead of https'], ['https://www.api.example/a', 'begins with www'], ['https://b.example/a', 'has another host, b.example'], ['https://api.example:8443/a', 'has another port'],
    ['https://api.example/a/', 'ends with a slash'], ['https://api.example/b', 'has another path'], ['https://api.example/a?b', 'has another query'], [a, 'is the same'],
    ['http://www.api.example/a/', 'has http instead of https, begins with www and ends with a slash'],
  ])('%s %s', (to, words) => expect(urlDifference(a, to)).toBe(words));
  it('knows the way back', () => {
    expect(urlDifference('https://www.api.example/a/', a)).toBe('begins without www and ends without a slash');
  });
});

describe('the text to paste', () => {
  const codeOf = (story: Story): string | null => causesIn(story)[0]?.code ?? null;
  const asking = (name: string): Story => preflight('GET', name, 204, ...named);
  const rows: readonly (readonly [name: string, story: Story, code: string | null])[] = [
    ['Sentry\'s targets without the server', asking('sentry-trace'), 'tracePropagationTargets: [/^https:\\/\\/app\\.example\\//]'],
    ['OpenTelemetry\'s other origins', asking('traceparent'), 'propagateTraceHeaderCorsUrls: []'],
    ['Datadog\'s URLs', asking('x-datadog-trace-id'), 'allowedTracingUrls: [/^https:\\/\\/app\\.example\\//]'],
    ['New Relic\'s origins', asking('newrelic'), 'distributed_tracing: { enabled: true, allowed_origins: [] }'],
    ['the host that Application Insights leaves out', asking('request-id'), "correlationHeaderExcludedDomains: ['api.example']"],
    ['Elastic\'s origins', asking('elastic-apm-traceparent'), 'distributedTracingOrigins: []'],
    ['PostHog\'s hosts', asking('x-posthog-session-id'), "tracing_headers: ['app.example']"],
    ['nothing for a header that is needed', asking('apikey'), null],
    ['nothing that holds a strange host', at("https://a'b.example/x", asking('request-id')), null],
    ['the final URL', actual([302, location('https://b.example/c?d=[1]')]), 'https://b.example/c?d=[1]'],
    ['the final URL without its secret', actual([302, location('/c?token=x')]), 'https://api.example/c?token=(redacted)'],
    ['no URL with a quote', actual([302, location("/c'+alert(1)+'")]), null],
    ['where the preflight was redirected to', preflight('PUT', undefined, 301, location('/a/')), 'https://api.example/a/'],
    ['the URL that the origin got lost on the way to', redirected('https://b.example/b', [200]), 'https://b.example/b'],
    ['an image without crossorigin', typed('image', actual([200])), '<img src="https://api.example/a">'],
    ['an image with crossorigin', typed('image', actual([200, 'Age: 12'])), '<img crossorigin src="https://api.example/a">'],
    ['the method in upper case', preflight('patch', undefined, 204, ...named, acam('PATCH')), 'method: "PATCH"'],
    ['no credentials', actual([200, acao('*'), acac], cookie), 'credentials: "omit"'],
    ['a proxy of Vite', from('http://localhost:5173', at('https://api.example/v1/items', allows('https://app.example'))), "server: { proxy: { '/v1': { target: 'https://api.example', changeOrigin: true } } }"],
    ['a local web server', forNull, 'python3 -m http.server'],
  ];
  it.each(rows)('is %s', (_, story, code) => expect(codeOf(story)).toBe(code));

  it('of a library lets the page\'s own origin keep its headers, and not the server', () => {
    for (const name of ['sentry-trace', 'x-datadog-trace-id']) {
      const pattern = new RegExp(/\[\/(.*)\/\]/.exec(codeOf(asking(name)) ?? '')?.[1] ?? '');
      expect(pattern.test('https://app.example/a')).toBe(true);
      for (const other of ['https://api.example/a', 'https://app.example.evil/a', 'https://appxexample/a', 'http://app.example/a']) expect(pattern.test(other)).toBe(false);
    }
  });

  it('holds nothing that ends a string, an attribute or a directive, whatever the URL', () => {
    const hostile = fc.string({ unit: fc.constantFrom(...'\'"`\\$<>{}|^;,()[]&?#/:@%\n a1'), maxLength: 20 });
    fc.assert(fc.property(hostile, fc.constantFrom('image', 'script', 'stylesheet', 'media', 'xmlhttprequest'), (tail, type) => {
      for (const url of [`https://api.example/${tail}`, `https://${tail}.example/`]) {
        expect(pastableUrl(url) ?? '').toMatch(/^[^'"`\\$<>{}|^\s]*$/);
        expect(pastableOrigin(url) ?? '').toMatch(/^[^'"`\\$<>{}|^\s;,()*&?#@%]*$/);
        expect(elementCode(type, url, '') ?? '').toMatch(/^(?:<(?:img|video|script|link rel="stylesheet") (?:src|href)="[^"<>]*">(?:<\/(?:video|script)>)?)?$/);
      }
    }), { numRuns: 3000 });
  });
});

it('knows headers of libraries by their byte-lowercase names, each once', () => {
  for (const { name, addedBy, remedy } of sdkHeaders) {
    expect(name).toMatch(/^[a-z0-9-]+\*?$/);
    expect(sdkHeader(name.replace('*', 'x'))?.addedBy).toBe(addedBy);
    expect(remedy).toMatch(/^[A-Z].*\.$/);
  }
  expect(sdkHeader('authorization')).toBeNull();
});
