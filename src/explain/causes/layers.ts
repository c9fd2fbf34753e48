import { get, values } from '../../fetch/header-list.ts';
import { isPreflight, issue, severalOrigins, shortened, statusAnd } from './signs.ts';
import type { CauseRow, Scene } from './cause.ts';
import { serversIn } from '../servers.ts';

/** Two lines, or one in which each value would be right by itself: nobody writes such a list, and Firefox merges lines. */
export function isSentTwice(scene: Scene): boolean {
  const several = severalOrigins(scene);
  return several !== null && (several.lines > 1 || several.origins.every((item) => item === '*' || item === scene.block.at.origin));
}

export const headerSentTwice: CauseRow = {
  id: 'header-sent-twice', owner: 'proxy', source: issue('expressjs/cors/issues/145'),
  short: () => 'Allow-Origin is sent twice',
  explain: (scene) => {
    const { response } = scene;
    if (!isSentTwice(scene)) return null;
    const origins = severalOrigins(scene)?.origins ?? [];
    const layers = [...new Set(serversIn(response.headers).map(({ server }) => server.name))];
    const who = layers.length === 0 ? 'Usually the application and a proxy each add it'
      : layers.length === 1 ? `Usually the application and a proxy each add it, and one of the two is probably ${layers[0] ?? ''}`
      : `${layers.slice(0, -1).join(', ')} and ${layers.at(-1) ?? ''} took part in the answer, and probably two of them add it`;
    const remedy = layers.some((name) => name === 'nginx') ? ' In nginx, proxy_hide_header Access-Control-Allow-Origin drops the application\'s.' : '';
    return `Access-Control-Allow-Origin came ${origins.length} times: ${origins.slice(0, 4).map(shortened).join(' and ')}. ${who}. Let one of them own it.${remedy}`;
  },
  evidence: ({ response }) => statusAnd(response, 'Access-Control-Allow-Origin', 'Server', 'Via', 'X-Powered-By'),
};

/** What extensions that "unblock" CORS add to the answer of every server, beside `*`: it belongs on preflights. */
const addedByExtensions: ReadonlySet<string> = new Set(['PUT, GET, HEAD, POST, DELETE, OPTIONS', 'GET, PUT, POST, DELETE, HEAD, OPTIONS', 'GET, PUT, POST, DELETE, HEAD, OPTIONS, PATCH']);

export const extensionAddsWildcard: CauseRow = {
  id: 'extension-adds-wildcard', owner: 'browser', source: issue('vitvad/Access-Control-Allow-Origin/issues/35'),
  short: null,
  explain: ({ block, response }) => {
    const lines = values(response.headers, 'access-control-allow-origin');
    const isWildcard = lines.includes('*') && (lines.length > 1 || /WildcardOriginNotAllowed/.test(block.error.code));
    return !isPreflight(block) && isWildcard && addedByExtensions.has(get(response.headers, 'access-control-allow-methods') ?? '')
      ? 'The response has * beside a list of methods that browser extensions against CORS add to every answer. Perhaps one is switched on: switch it off and try again.'
      : null;
  },
  evidence: ({ response }) => statusAnd(response, 'Access-Control-Allow-Origin', 'Access-Control-Allow-Methods'),
  fix: () => 'Repeat the request in a profile without extensions.',
};
