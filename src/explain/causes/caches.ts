import { byteLowercase } from '../../fetch/byte.ts';
import { type HeaderList, get, splitHeaderValue } from '../../fetch/header-list.ts';
import { parseUrl } from '../../fetch/url.ts';
import { failsOn, isPreflight, issue, lineOf } from './signs.ts';
import { elementCode } from './paste.ts';
import type { CauseRow, Scene } from './cause.ts';

/** Headers by which a cache says that the copy was its own, and what they then hold. */
const cacheSigns: readonly { readonly name: string; readonly hit: RegExp }[] = [
  { name: 'Age', hit: /^[1-9]\d{0,9}$/ },
  { name: 'CF-Cache-Status', hit: /^(HIT|STALE|REVALIDATED|UPDATING)$/i },
  { name: 'X-Vercel-Cache', hit: /^(HIT|STALE|PRERENDER)$/i },
  { name: 'X-Cache', hit: /(^|[ ,_])hit/i },
  { name: 'X-Cache-Status', hit: /^(HIT|STALE|REVALIDATED|UPDATING)$/i },
  { name: 'X-Proxy-Cache', hit: /^HIT$/i },
  { name: 'Cache-Status', hit: /;\s{0,9}hit\b/i },
];

/** The line by which a cache says so; null: none does. */
export function cacheSign(headers: HeaderList): string | null {
  const sign = cacheSigns.find(({ name, hit }) => hit.test(get(headers, byteLowercase(name) as Lowercase<string>) ?? ''));
  return sign ? lineOf(headers, sign.name) : null;
}

export const variesByOrigin = (headers: HeaderList): boolean =>
  splitHeaderValue(get(headers, 'vary') ?? '').some((name) => name === '*' || byteLowercase(name) === 'origin');

/** What shows that the response is a copy; null: nothing does. */
function copySign({ exchange, response }: Scene): string | null {
  const sign = cacheSign(response.headers);
  return sign ?? (exchange.end.kind === 'completed' && exchange.end.fromCache ? 'The response came from this browser\'s cache' : null);
}

const withoutVary = (scene: Scene): boolean => !isPreflight(scene.block) && copySign(scene) !== null && !variesByOrigin(scene.response.headers);
const evidence = (scene: Scene): string => `${copySign(scene) ?? ''} · ${lineOf(scene.response.headers, 'Vary') ?? 'no Vary'}`;

export const cachedWithoutHeaders: CauseRow = {
  id: 'cached-without-headers', owner: 'proxy', source: issue('apache/trafficserver/issues/3954'),
  short: () => 'A cached copy without CORS headers',
  explain: (scene) => (withoutVary(scene) && failsOn(scene.block, 'MissingAllowOriginHeader') && scene.response.status < 400
    ? `A cache answered with a copy that has no CORS headers and no Vary: Origin. Probably it was first fetched without Origin, as an image or a link is. Send Vary: Origin always, also where no Origin came in, then empty the cache.`
    : null),
  evidence,
  fix: () => 'Ask for the resource with crossorigin everywhere in the page, or with ?cors in the URL of the fetch. Disable cache shows whether it helps.',
  code: ({ exchange, block }) => elementCode(exchange.type, block.hop.url, 'crossorigin '),
};

export const cachedForAnotherOrigin: CauseRow = {
  id: 'cached-for-another-origin', owner: 'proxy', source: issue('Gaohaoyang/gaohaoyang.github.io/issues/100'),
  short: () => 'A cached copy for another origin',
  explain: (scene) => (withoutVary(scene) && failsOn(scene.block, 'AllowOriginMismatch') && parseUrl(scene.block.error.found ?? '')
    ? `A cache answered with a copy that allows ${scene.block.error.found ?? ''}. Probably it was first fetched by a page there. Send Vary: Origin always, then empty the cache.`
    : null),
  evidence,
};
