import type { CorsPolicy } from '../../src/fix/cors-policy.ts';

/** Where a page of a scenario is: two origins that the policy allows, and others that it does not. */
export type From =
  | 'the app' | 'the admin page' | 'a foreign site' | 'another port' | 'another host' | 'a host that begins alike'
  | 'a host that ends alike' | 'a sandboxed page';

/** One fetch of a page, and what the script must see. */
export interface Step {
  readonly from: From;
  readonly path: string;
  readonly init?: RequestInit;
  readonly expect:
    | { readonly status: readonly number[]; readonly body?: string; readonly header?: readonly [name: string, value: string | null] }
    /** Chrome's codes of the error, any of them: a failure for any other reason must not pass. */
    | { readonly blocked: readonly string[] };
}

/** Steps in one browser profile: what one leaves in a cache or a cookie jar, the next one meets. */
export interface Scenario {
  readonly name: string;
  readonly steps: readonly Step[];
}

const json = { 'Content-Type': 'application/json', 'X-Request-Id': '1' };
const login = { Authorization: `Basic ${btoa('alice:secret')}` };
/** A server may refuse a method or a header by an error status, or by naming no origin. */
const refusals = ['PreflightInvalidStatus', 'PreflightMissingAllowOriginHeader'];
const foreign = (name: string, from: From): Scenario => ({
  name,
  steps: [
    { from, path: '/data', expect: { blocked: ['MissingAllowOriginHeader'] } },
    { from, path: '/data', init: { credentials: 'include' }, expect: { blocked: ['MissingAllowOriginHeader'] } },
    { from, path: '/data', init: { method: 'PUT', headers: json, body: '{}' }, expect: { blocked: ['PreflightMissingAllowOriginHeader'] } },
  ],
});

/** The policy that the scenarios are about. */
export const scenarioPolicy = (app: string, admin: string): CorsPolicy => ({
  origins: [app, admin],
  credentialed: true,
  methods: ['PUT'],
  requestHeaders: ['authorization', 'content-type', 'x-request-id'],
  exposedHeaders: ['x-trace'],
  maxAge: 600,
});

const isNot = (item: string) => (other: string): boolean => other !== item;

/** One grant of the policy: without it the step fails. */
export interface Grant {
  readonly name: string;
  without(policy: CorsPolicy): CorsPolicy;
  readonly step: Step;
}

const put = (headers: Readonly<Record<string, string>>): RequestInit => ({ method: 'PUT', headers, body: '{}' });
const header = (name: string, sent: Readonly<Record<string, string>>): Grant => ({
  name: `request header ${name}`,
  without: (policy) => ({ ...policy, requestHeaders: policy.requestHeaders.filter(isNot(name)) }),
  step: { from: 'the app', path: '/data', init: put(sent), expect: { blocked: ['HeaderDisallowedByPreflightResponse', ...refusals] } },
});

/** Every grant of the policy. */
export const grants: readonly Grant[] = [
  {
    name: 'the first origin',
    without: (policy) => ({ ...policy, origins: [...policy.origins].slice(1) }),
    step: { from: 'the app', path: '/data', expect: { blocked: ['MissingAllowOriginHeader'] } },
  },
  {
    name: 'the second origin',
    without: (policy) => ({ ...policy, origins: [...policy.origins].slice(0, 1) }),
    step: { from: 'the admin page', path: '/data', expect: { blocked: ['MissingAllowOriginHeader'] } },
  },
  {
    name: 'credentials',
    without: (policy) => ({ ...policy, credentialed: false }),
    step: { from: 'the app', path: '/data', init: { credentials: 'include' }, expect: { blocked: ['InvalidAllowCredentials'] } },
  },
  {
    name: 'method PUT',
    without: (policy) => ({ ...policy, methods: [] }),
    step: { from: 'the app', path: '/data', init: put({}), expect: { blocked: ['MethodDisallowedByPreflightResponse', ...refusals] } },
  },
  header('authorization', login),
  header('content-type', { 'Content-Type': 'application/json' }),
  header('x-request-id', { 'X-Request-Id': '1' }),
  {
    name: 'exposed header x-trace',
    without: (policy) => ({ ...policy, exposedHeaders: [] }),
    step: { from: 'the app', path: '/data', expect: { status: [200], header: ['x-trace', null] } },
  },
];

/** What a recipe must do in a browser. */
export const scenarios: readonly Scenario[] = [
  { name: 'GET is read', steps: [{ from: 'the app', path: '/data', expect: { status: [200], body: 'data' } }] },
  {
    name: 'PUT of JSON with a header of its own passes the preflight',
    steps: [{ from: 'the app', path: '/data', init: { method: 'PUT', headers: json, body: '{}' }, expect: { status: [200], body: 'PUT was here' } }],
  },
  {
    name: 'a cookie is set, sent and its answer read',
    steps: [
      { from: 'the app', path: '/login', init: { credentials: 'include' }, expect: { status: [200], body: 'welcome' } },
      { from: 'the app', path: '/session', init: { credentials: 'include' }, expect: { status: [200], body: 'session=alice' } },
      { from: 'the app', path: '/session', init: { credentials: 'omit' }, expect: { status: [200], body: 'nobody' } },
    ],
  },
  {
    name: 'credentials pass the preflight',
    steps: [{ from: 'the app', path: '/data', init: { method: 'PUT', credentials: 'include', headers: json, body: '{}' }, expect: { status: [200], body: 'PUT was here' } }],
  },
  {
    name: 'the exposed header is read, another is not',
    steps: [
      { from: 'the app', path: '/data', expect: { status: [200], header: ['x-trace', '7'] } },
      { from: 'the app', path: '/data', expect: { status: [200], header: ['date', null] } },
    ],
  },
  { name: '404 is read', steps: [{ from: 'the app', path: '/missing', expect: { status: [404] } }] },
  { name: '413 is read', steps: [{ from: 'the app', path: '/upload', init: { method: 'POST', body: 'x'.repeat(2000) }, expect: { status: [413] } }] },
  { name: '500 is read', steps: [{ from: 'the app', path: '/broken', expect: { status: [500] } }] },
  { name: '502 or 503 is read', steps: [{ from: 'the app', path: '/unreachable', expect: { status: [502, 503] } }] },
  {
    name: 'the preflight does not meet the login',
    steps: [{ from: 'the app', path: '/private', init: { method: 'PUT', headers: login, body: '1' }, expect: { status: [200], body: 'private' } }],
  },
  { name: '401 is read', steps: [{ from: 'the app', path: '/private', expect: { status: [401] } }] },
  {
    name: 'the preflight does not meet the redirect',
    steps: [{ from: 'the app', path: '/moved', init: { method: 'PUT', headers: json, body: '{}' }, expect: { status: [200], body: 'PUT was here' } }],
  },
  {
    name: 'the second origin gets its own Access-Control-Allow-Origin',
    steps: [
      { from: 'the admin page', path: '/data', expect: { status: [200], body: 'data' } },
      { from: 'the admin page', path: '/data', init: { method: 'PUT', headers: json, body: '{}' }, expect: { status: [200], body: 'PUT was here' } },
    ],
  },
  {
    name: 'a cached response is not replayed to the second origin',
    steps: [
      { from: 'the app', path: '/cacheable', expect: { status: [200], body: 'cacheable' } },
      { from: 'the admin page', path: '/cacheable', expect: { status: [200], body: 'cacheable' } },
    ],
  },
  {
    name: 'a response cached without an origin is not replayed to a CORS request',
    steps: [
      { from: 'the app', path: '/cacheable', init: { mode: 'no-cors' }, expect: { status: [0] } },
      { from: 'the app', path: '/cacheable', expect: { status: [200], body: 'cacheable' } },
    ],
  },
  {
    name: 'a method that is not granted is refused',
    steps: [{ from: 'the app', path: '/data', init: { method: 'DELETE' }, expect: { blocked: ['MethodDisallowedByPreflightResponse', ...refusals] } }],
  },
  {
    name: 'a request header that is not granted is refused',
    steps: [{ from: 'the app', path: '/data', init: { headers: { 'X-Other': '1' } }, expect: { blocked: ['HeaderDisallowedByPreflightResponse', ...refusals] } }],
  },
  foreign('a foreign origin is refused', 'a foreign site'),
  foreign('the null origin is refused', 'a sandboxed page'),
  foreign('the same host on another port is refused', 'another port'),
  foreign('another host on the same port is refused', 'another host'),
  foreign('a host that begins like an allowed one is refused', 'a host that begins alike'),
  foreign('a host that ends like an allowed one is refused', 'a host that ends alike'),
];
