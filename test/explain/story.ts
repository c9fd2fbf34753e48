import type { End, Exchange, Hop, Preflight } from '../../src/exchange/exchange.ts';
import type { Asked } from '../../src/exchange/page-requests.ts';
import { headers } from '../header-text.ts';

/** An exchange in a few words: what is not said is a GET from https://app.example to https://api.example/a that was sent. */
export interface Story {
  readonly origin?: string;
  readonly type?: string;
  readonly isUnmarked?: true;
  readonly hasStarted?: true;
  readonly trial?: 'changed' | 'unclear';
  /** In order; one if it is left out. */
  readonly hops?: readonly HopStory[];
  /** What the page said when it was asked; what is not said is a fetch with its defaults. */
  readonly asked?: Partial<Asked>;
  /** A network error, or another end. */
  readonly end?: 'completed' | 'readable' | 'withheld' | 'pending' | 'unseen' | 'untold' | 'unfollowed' | 'refused' | `${'net::' | 'NS_' | 'SEC_' | 'SSL_' | 'MOZILLA_'}${string}`;
}

export interface HopStory {
  readonly url?: string;
  readonly method?: string;
  /** Lines of the request as sent, beside Origin; null: never sent. */
  readonly sent?: readonly string[] | null;
  /** The `Origin` that was sent, if it is not the page's; null: none was. */
  readonly sentOrigin?: string | null;
  /** What the preflight asked for and what it got; or that it was in the cache, and what it once got, if that was seen. */
  readonly preflight?: { readonly asks?: string; readonly answer?: Answer; readonly error?: string } | { readonly cached: Answer } | 'cache';
  readonly order?: readonly string[];
  readonly answer?: Answer;
  readonly to?: string;
}

export type Answer = readonly [status: number, ...lines: readonly string[]];

export const app = 'https://app.example';
export const api = 'https://api.example/a';


/** Chromium's error of every request that CORS blocks. */
export const blocked = 'net::ERR_FAILED';
export const acao = (value: string): string => `Access-Control-Allow-Origin: ${value}`;
export const acac = 'Access-Control-Allow-Credentials: true';
export const acam = (value: string): string => `Access-Control-Allow-Methods: ${value}`;
export const acah = (value: string): string => `Access-Control-Allow-Headers: ${value}`;
export const location = (url: string): string => `Location: ${url}`;
export const vary = 'Vary: Origin';
export const named = [acao(app), acac, vary] as const;
export const cookie = 'Cookie: a=b';

/** A request that was stopped at its preflight, at its response, and after a redirect to that URL. */
export const preflight = (method: string, asks: string | undefined, ...answer: readonly [number, ...string[]]): Story =>
  ({ hops: [{ method, sent: null, preflight: { ...(asks === undefined ? {} : { asks }), answer } }], end: blocked });
export const actual = (answer: readonly [number, ...string[]], ...sent: readonly string[]): Story => ({ hops: [{ sent, answer }], end: blocked });
export const redirected = (url: string, answer: readonly [number, ...string[]], sentOrigin = 'null'): Story =>
  ({ hops: [{ answer: [302, acao('*'), location(url)], to: url }, { url, sentOrigin, answer }], end: blocked });

export function exchangeOf({ origin = app, type = 'xmlhttprequest', isUnmarked, hasStarted, trial, hops = [{}], end = 'completed', asked }: Story): Exchange {
  const [first = {}, ...rest] = hops;
  return {
    ...(isUnmarked ? { isUnmarked } : {}),
    ...(hasStarted ? { hasStarted } : {}),
    ...(trial ? { trial } : {}),
    ...(asked ? { asked: { api: 'fetch', mode: 'cors', credentials: 'same-origin', redirect: 'follow', headerNames: [], stack: [], ...asked } } : {}),
    id: '1', type, origin, startedAt: 0, hops: [hopOf(first, origin), ...rest.map((hop) => hopOf(hop, origin))], end: endOf(end) };
}

function hopOf({ url = api, method = 'GET', sent = [], sentOrigin, preflight, order, answer, to }: HopStory, origin: string): Hop {
  const originLine = (value: string | null): readonly string[] => (value === null ? [] : [`Origin: ${value}`]);
  const seenOrigin = sentOrigin === undefined ? origin : sentOrigin;
  const asked = ({ asks, answer: got, error }: { readonly asks?: string; readonly answer?: Answer; readonly error?: string }): Preflight & { readonly from: 'network' } => ({
    from: 'network',
    requestHeaders: headers(...originLine(seenOrigin ?? origin), `Access-Control-Request-Method: ${method}`, ...(asks === undefined ? [] : [`Access-Control-Request-Headers: ${asks}`])),
    response: got ? responseOf(got) : null,
    error: error ?? null,
  });
  return {
    url, method,
    requestHeaders: sent === null ? null : headers(...originLine(seenOrigin), ...sent),
    scriptHeaderOrder: order ?? null,
    preflight: preflight === undefined ? null : preflight === 'cache' ? { from: 'cache', source: null }
      : 'cached' in preflight ? { from: 'cache', source: asked({ answer: preflight.cached }) } : asked(preflight),
    response: answer ? responseOf(answer) : null,
    redirectedTo: to ?? null,
  };
}

const responseOf = ([status, ...lines]: Answer) => ({ status, headers: headers(...lines) });

function endOf(end: NonNullable<Story['end']>): End {
  switch (end) {
    case 'pending':
      return { kind: 'pending' };
    case 'unseen':
      return { kind: 'unseen', from: 0, until: 1 };
    case 'untold':
      return { kind: 'untold' };
    case 'readable':
    case 'withheld':
      return { kind: 'completed', at: 1, fromCache: false, readable: end === 'readable' };
    case 'completed':
      return { kind: 'completed', at: 1, fromCache: false };
    case 'unfollowed':
      return { kind: 'unfollowed', at: 1 };
    case 'refused':
      return { kind: 'refused', at: 1, error: 'net::ERR_FAILED' };
    default:
      return { kind: 'error', at: 1, error: end };
  }
}
