import type { HeaderChanges, HeaderList, NetworkEvent, PageRequestEvent, StackFrame } from '../../src/index.ts';

/** What one request went through; events in Chromium's order are made of it. */
interface Story {
  readonly url: string;
  readonly method?: string;
  readonly type?: string;
  readonly origin?: string;
  /** What a preflight asked for, and its answer, or null when there was none. */
  readonly preflight?: { readonly asks: string; readonly answer: Answer | null };
  /** Null: never sent. */
  readonly sends?: HeaderList | null;
  /** The answer of each hop; every one but the last is a redirect. */
  readonly answers?: readonly Answer[];
  /** What called for it, as the network log has it, the innermost first. */
  readonly calledBy?: readonly StackFrame[];
  /** What the page says when it is asked. */
  readonly asked?: Pick<PageRequestEvent, 'api' | 'credentials' | 'stack'>;
  /** What is tried out on its responses. */
  readonly trial?: HeaderChanges;
  /** A network error, or how it ended otherwise; `unseen`: nothing was heard for a while. */
  readonly end: 'completed' | 'pending' | 'unseen' | `net::ERR_${string}`;
}

interface Answer {
  readonly status: number;
  readonly headers: HeaderList;
}

const app = 'https://shop.example';
const api = 'https://api.shop.example';
const startedAt = Date.UTC(2026, 10, 20, 9, 0, 0);

const answer = (status: number, ...headers: HeaderList): Answer => ({ status, headers: [['Server', 'nginx/1.27.2'], ['Date', 'Fri, 20 Nov 2026 09:00:00 GMT'], ...headers] });
const allowOrigin = (origin = app) => ['Access-Control-Allow-Origin', origin] as const;
const allowCredentials = ['Access-Control-Allow-Credentials', 'true'] as const;
const vary = ['Vary', 'Origin'] as const;
const json = ['Content-Type', 'application/json; charset=utf-8'] as const;

const sent = (origin: string, ...more: HeaderList): HeaderList => [
  ['sec-ch-ua-platform', '"Linux"'], ['User-Agent', 'Mozilla/5.0 (X11; Linux x86_64)'], ['Accept', '*/*'], ['Origin', origin],
  ['Sec-Fetch-Site', 'same-site'], ['Sec-Fetch-Mode', 'cors'], ['Sec-Fetch-Dest', 'empty'], ['Referer', `${origin}/`], ...more,
];
const cookie = ['Cookie', 'session=3f1c'] as const;
const cartHeaders = ['Content-Type', 'application/json'] as const;
const blocked = 'net::ERR_FAILED';

const bundle = 'https://shop.example/assets/app-3f9c21d8e0b7.js';
const cartCalls: readonly StackFrame[] = [
  { functionName: 'request', url: bundle, line: 1, column: 48213 },
  { functionName: '', url: bundle, line: 1, column: 51077 },
  { functionName: 'CartStore.removeItem', url: 'https://shop.example/assets/cart.js', line: 218, column: 17 },
  { functionName: 'onClick', url: 'https://shop.example/assets/cart.js', line: 74, column: 5 },
  { functionName: '', url: 'https://shop.example/', line: 31, column: 9 },
];
const eitherReason = {
  url: `${api}/v1/cart/items/85`, method: 'PUT', sends: null, end: 'net::ERR_FAILED',
  preflight: { asks: '', answer: answer(204, allowOrigin(), vary) },
} as const satisfies Story;

const long = 'x'.repeat(1_000_000);

export const triedOut: HeaderChanges = {
  server: api,
  set: [
    allowOrigin(), allowCredentials, ['Access-Control-Allow-Methods', 'PATCH'], ['Access-Control-Allow-Headers', 'content-type'],
    ['Access-Control-Max-Age', '0'], ['Cache-Control', 'no-store'],
  ],
  remove: ['Access-Control-Expose-Headers'],
};

/** One story per state of the panel, by name. */
export const stories: Readonly<Record<string, Story>> = {
  'header-not-allowed': {
    url: `${api}/v1/cart/items/83`, method: 'PUT', sends: null, end: blocked,
    preflight: { asks: 'content-type,x-cart-id', answer: answer(204, allowOrigin(), allowCredentials, ['Access-Control-Allow-Methods', 'GET, PUT, DELETE'], ['Access-Control-Allow-Headers', 'content-type'], vary) },
  },
  'method-not-allowed': {
    url: `${api}/v1/cart/items/84`, method: 'PATCH', sends: null, end: blocked,
    preflight: { asks: 'content-type', answer: answer(204, allowOrigin(), ['Access-Control-Allow-Methods', 'GET, PUT'], ['Access-Control-Allow-Headers', 'content-type'], vary) },
  },
  'error-hides-behind-cors': {
    url: `${api}/v1/cart/items/7`, method: 'DELETE', sends: sent(app, cookie), end: blocked,
    preflight: { asks: '', answer: answer(204, allowOrigin(), allowCredentials, ['Access-Control-Allow-Methods', 'DELETE'], vary) },
    answers: [answer(500, ['Content-Type', 'text/html'])],
  },
  'wildcard-with-credentials': {
    url: `${api}/v1/me?fields=name,email`, sends: sent(app, cookie), end: blocked,
    answers: [answer(200, allowOrigin('*'), allowCredentials, json)],
  },
  'slash-at-the-end': {
    url: `${api}/v1/products?page=2`, sends: sent(app), end: blocked, answers: [answer(200, allowOrigin(`${app}/`), json, vary)],
  },
  'other-port': {
    url: `${api}/v1/search?q=shoes`, origin: 'http://localhost:5173', sends: sent('http://localhost:5173'), end: blocked,
    answers: [answer(200, allowOrigin('http://localhost:3000'), json, vary)],
  },
  'header-sent-twice': {
    url: `${api}/v1/stock`, sends: sent(app), end: blocked, answers: [answer(200, allowOrigin(), allowOrigin('*'), json, ['X-Powered-By', 'Express'])],
  },
  'allowed-after-preflight': {
    url: `${api}/v1/profile`, method: 'PATCH', sends: sent(app, cookie, cartHeaders), end: 'completed',
    preflight: { asks: 'content-type', answer: answer(204, allowOrigin(), allowCredentials, ['Access-Control-Allow-Methods', 'PATCH'], ['Access-Control-Allow-Headers', 'content-type'], ['Access-Control-Max-Age', '600'], vary) },
    answers: [answer(200, allowOrigin(), allowCredentials, ['Access-Control-Expose-Headers', 'ETag, X-Request-Id'], ['ETag', '"33a6"'], ['X-Request-Id', '8c1'], json, vary)],
  },
  'allowed-from-cache': {
    url: `${api}/v1/profile`, method: 'PATCH', sends: sent(app, cookie, cartHeaders), end: 'completed',
    answers: [answer(200, allowOrigin(), allowCredentials, json, vary)],
  },
  'preflight-needs-login': {
    url: 'https://login.shop.example/session/refresh', method: 'POST', sends: null, end: blocked,
    preflight: { asks: 'authorization,content-type', answer: answer(401, ['WWW-Authenticate', 'Bearer']) },
  },
  'redirected-to-login': {
    url: 'https://login.shop.example/whoami', sends: sent(app, cookie), end: blocked,
    answers: [
      answer(302, ['Location', 'https://id.shop.example/signin?return=%2Fwhoami'], allowOrigin(), allowCredentials, vary),
      answer(200, ['Content-Type', 'text/html']),
    ],
  },
  'opaque-origin': {
    url: `${api}/v1/prices`, origin: 'null', sends: sent('null'), end: blocked, answers: [answer(200, allowOrigin(), json, vary)],
  },
  'allowed-with-risk': {
    url: 'https://cdn.assets.example/fonts/inter.woff2', type: 'font', sends: sent(app), end: 'completed',
    answers: [answer(200, allowOrigin(), ['Content-Type', 'font/woff2'], ['Cache-Control', 'public, max-age=31536000'])],
  },
  'no-cors-image': {
    url: 'https://cdn.assets.example/hero.avif', type: 'image', end: 'completed',
    sends: [['Accept', 'image/*'], ['Sec-Fetch-Mode', 'no-cors'], ['Sec-Fetch-Site', 'cross-site'], ['Referer', `${app}/`]],
    answers: [answer(200, ['Content-Type', 'image/avif'])],
  },
  'blocked-by-extension': { url: 'https://metrics.vendor.example/collect', method: 'POST', sends: null, end: 'net::ERR_BLOCKED_BY_CLIENT' },
  'blocked-by-csp': { url: 'https://metrics.vendor.example/collect', method: 'POST', sends: null, end: 'net::ERR_BLOCKED_BY_CSP' },
  'name-not-resolved': { url: 'https://apii.shop.example/v1/cart', sends: null, end: 'net::ERR_NAME_NOT_RESOLVED' },
  'not-explained': { url: 'https://chat.vendor.example/socket', sends: sent(app), end: blocked, answers: [answer(200, allowOrigin(), allowCredentials, json, vary)] },
  'pending': { url: 'https://chat.vendor.example/poll', sends: sent(app), end: 'pending' },
  'nothing-heard': { url: 'https://chat.vendor.example/poll?since=41', sends: sent(app), end: 'unseen' },
  'passes-in-trial': {
    url: `${api}/v1/cart/items/85`, method: 'PATCH', sends: sent(app, cookie, cartHeaders), end: 'completed', trial: triedOut,
    preflight: { asks: 'content-type', answer: answer(204, ['Access-Control-Allow-Methods', 'GET']) },
    answers: [answer(200, json)],
  },
  'blocked-in-trial': {
    url: `${api}/v1/cart/items/86`, method: 'DELETE', sends: null, end: blocked, trial: triedOut, preflight: { asks: '', answer: answer(204) },
  },
  'thousands-of-headers': {
    url: `${api}/v1/cart`, method: 'PUT', sends: null, end: blocked,
    preflight: {
      asks: Array.from({ length: 5000 }, (_, index) => `x-${index}`).join(','),
      answer: answer(204, allowOrigin(), ['Access-Control-Allow-Methods', 'PUT'], ['Access-Control-Allow-Headers', 'content-type'], vary),
    },
  },
  'ten-thousand-headers': {
    url: `${api}/v1/feed`, sends: sent(app), end: blocked,
    answers: [answer(200, ...Array.from({ length: 10_000 }, (_, index) => [`X-${index}`, `<b>${index}`] as const), ['Access-Control-Allow-Origin', 'https://other.example'])],
  },
  'called-by-scripts': { ...eitherReason, calledBy: cartCalls },
  'asked-of-the-page': { ...eitherReason, asked: { api: 'fetch', credentials: 'include', stack: cartCalls } },
  'element-asked-of-the-page': {
    url: 'https://cdn.shop.example/hero.avif', type: 'image', end: 'net::ERR_FAILED', sends: sent(app), answers: [answer(200, ['Content-Type', 'image/avif'])],
    asked: { api: 'element', credentials: 'include', stack: [] },
  },
  'called-by-hostile-scripts': {
    ...eitherReason,
    calledBy: Array.from({ length: 20 }, (_, index) => ({ functionName: `<b>\u202e${'f'.repeat(100 * index)}`, url: `https://evil.example/${'a'.repeat(200 * index)}/<img src=x onerror="globalThis.executed=1">`, line: 1, column: 1 })),
  },
  'hostile': {
    url: `https://evil.example/${'a'.repeat(3000)}?q=%3Cimg src=x onerror="globalThis.executed=1">`, method: 'PUT', sends: null, end: blocked,
    preflight: {
      asks: `x-${'h'.repeat(300)},content-type`,
      answer: answer(
        204,
        ['Access-Control-Allow-Origin', `<img src=x onerror="globalThis.executed=1">${long}\u202egnp.exe\u200b`],
        ['Access-Control-Allow-Headers', `<script>globalThis.executed=1</script>, ${long}`],
        [`X-${'n'.repeat(2000)}`, '\u202e\u2066<b>bold</b>\u2069'],
      ),
    },
  },
};

const origin = ({ origin: from = app }: Story): string => from;

/** The events of a story, as the browser sends them. */
export function eventsOf(id: string, story: Story, time = startedAt): readonly NetworkEvent[] {
  const { url, method = 'GET', type = 'xmlhttprequest', preflight, sends = null, answers = [], calledBy, asked, trial, end } = story;
  const base = { requestId: id, time, url, method, type, origin: origin(story), frame: '0' };
  /** Each message takes its time on the way. */
  let clock = time;
  const later = (milliseconds: number): { readonly time: number } => ({ time: clock += milliseconds });
  const events: NetworkEvent[] = [
    ...(trial ? [{ kind: 'trial', time: time - 1, changes: trial, isInForce: true } as const] : []),
    { ...base, kind: 'before-request' },
  ];
  if (preflight) {
    const options = { ...base, requestId: `${id}-preflight`, method: 'OPTIONS', type: 'other' };
    const asks: HeaderList = preflight.asks === '' ? [] : [['Access-Control-Request-Headers', preflight.asks]];
    events.push(
      { ...options, ...later(1), kind: 'before-request' },
      { ...options, ...later(1), kind: 'send-headers', headers: [['Accept', '*/*'], ['Access-Control-Request-Method', method], ...asks, ['Origin', base.origin], ['Sec-Fetch-Mode', 'cors']] },
    );
    if (preflight.answer) {
      events.push(
        { ...options, ...later(31), kind: 'headers-received', ...preflight.answer },
        { ...options, ...later(1), kind: 'completed', status: preflight.answer.status, fromCache: false },
      );
    }
  }
  if (sends) events.push({ ...base, ...later(1), kind: 'send-headers', headers: sends });
  let current = url;
  answers.forEach(({ status, headers }, index) => {
    events.push({ ...base, ...later(42), url: current, kind: 'headers-received', status, headers });
    if (index === answers.length - 1) return;
    const location = headers.find(([name]) => name === 'Location')?.[1] ?? current;
    events.push({ ...base, ...later(1), url: current, kind: 'redirect', status, location });
    current = location;
    events.push({ ...base, ...later(1), url: current, kind: 'before-request' }, { ...base, ...later(1), url: current, kind: 'send-headers', headers: sends ?? [] });
  });
  if (end === 'completed') events.push({ ...base, ...later(6), url: current, kind: 'completed', status: answers.at(-1)?.status ?? 200, fromCache: false });
  else if (end === 'unseen') events.push({ kind: 'gap', from: time + 5_000, until: time + 5_320 });
  else if (end !== 'pending') events.push({ ...base, ...later(1), url: current, kind: 'error', error: end });
  if (calledBy) events.push({ kind: 'initiator', url, method, time, stack: calledBy });
  if (asked) events.push({ kind: 'page-request', ...asked, origin: base.origin, url, method, time, until: time, mode: 'cors', redirect: 'follow', headerNames: [] });
  if (trial) events.push({ kind: 'trial', ...later(1), changes: null, isInForce: true });
  return events;
}

/** Stories that are cases of their own only. */
const alone: ReadonlySet<string> = new Set(['asked-of-the-page', 'blocked-by-csp', 'blocked-in-trial', 'called-by-hostile-scripts', 'called-by-scripts', 'element-asked-of-the-page', 'hostile', 'nothing-heard', 'passes-in-trial', 'ten-thousand-headers', 'thousands-of-headers']);

/** The events of a gallery case: of every story, of one, of thousands, or of none. */
export function eventsOfCase(name: string): readonly NetworkEvent[] {
  if (name === 'empty') return [];
  if (name === 'session') return Object.entries(stories).flatMap(([id, story]) => (alone.has(id) ? [] : eventsOf(id, story)));
  const count = { 'thousands': 5_000, 'tens-of-thousands': 50_000 }[name];
  if (count !== undefined) {
    const all = Object.entries(stories).filter(([id]) => !alone.has(id));
    return Array.from({ length: count }, (_, index) => index).flatMap((index) => {
      const [id, story] = all[index % all.length] ?? [];
      return id && story ? eventsOf(`${id}-${index}`, { ...story, url: `${story.url}${story.url.includes('?') ? '&' : '?'}n=${index}` }) : [];
    });
  }
  const story = stories[name];
  if (!story) throw new Error(`No case is called ${name}. Choose one of: empty, session, thousands, tens-of-thousands, ${Object.keys(stories).join(', ')}.`);
  return eventsOf(name, story);
}
