import { get } from '../../fetch/header-list.ts';
import { hidesError, issue, statusAnd } from './signs.ts';
import type { CauseRow, Scene } from './cause.ts';

/** The statuses on which nginx's add_header works without `always`. https://nginx.org/en/docs/http/ngx_http_headers_module.html */
const nginxAddsOn: ReadonlySet<number> = new Set([200, 201, 204, 206, 301, 302, 303, 304, 307, 308]);

const isNginx = ({ response }: Scene): boolean => /^(nginx|openresty)/i.test(get(response.headers, 'server') ?? '');

/** Whether the preflight of the same request carried what the response lacks. */
function preflightHadHeaders({ block }: Scene): boolean {
  const { preflight } = block.hop;
  const seen = preflight?.from === 'network' ? preflight : preflight?.source;
  return seen?.response != null && get(seen.response.headers, 'access-control-allow-origin') !== null;
}

export const nginxWithoutAlways: CauseRow = {
  id: 'nginx-without-always', owner: 'proxy', source: 'https://nginx.org/en/docs/http/ngx_http_headers_module.html#add_header',
  short: ({ response }) => `A ${response.status} hides behind CORS: add_header without always`,
  explain: (scene) => (hidesError(scene) && isNginx(scene) && !nginxAddsOn.has(scene.response.status) && preflightHadHeaders(scene)
    ? `${scene.host} answered ${scene.response.status}, and CORS hides it. The preflight had the CORS headers: nginx's add_header probably lacks always, so it leaves error responses out.`
    : null),
  evidence: ({ response }) => `${statusAnd(response, 'Server')} · the preflight allows the origin, this response does not`,
  fix: () => 'Add always to the end of each add_header line. A location with an add_header of its own has to repeat them all.',
};

export const rateLimited: CauseRow = {
  id: 'rate-limited', owner: 'proxy', source: issue('blockfrost/blockfrost-backend-ryo/issues/30'),
  short: () => 'A 429 hides behind CORS: too many requests',
  explain: (scene) => {
    if (!hidesError(scene) || scene.response.status !== 429) return null;
    const after = get(scene.response.headers, 'retry-after');
    const wait = after !== null && /^\d{1,9}$/.test(after) ? ` It asks to wait ${after} seconds.` : '';
    return `${scene.host} answered 429: too many requests.${wait} CORS only hides it. Send fewer, and send the CORS headers on the 429 too.`;
  },
  evidence: ({ response }) => statusAnd(response, 'Retry-After', 'Server'),
  fix: () => 'Space out the requests in the client code, or repeat one after the time that the server names.',
};

export const bodyTooLarge: CauseRow = {
  id: 'body-too-large', owner: 'proxy', source: 'https://nginx.org/en/docs/http/ngx_http_core_module.html#client_max_body_size',
  short: () => 'A 413 hides behind CORS: the body is too large',
  explain: (scene) => (hidesError(scene) && scene.response.status === 413
    ? `${scene.host} answered 413: the request's body is too large. Usually a proxy refuses it before the application can add CORS headers. Raise its limit.`
    : null),
  evidence: ({ response }) => statusAnd(response, 'Server'),
  fix: (scene) => (isNginx(scene) ? 'Raise client_max_body_size in nginx, or send less.' : 'Raise the limit of the body\'s size, or send less.'),
};

export const errorResponse: CauseRow = {
  id: 'error-response', owner: 'api-server', source: issue('dotnet/aspnetcore/issues/2378'),
  short: ({ response }) => `A ${response.status} hides behind CORS`,
  explain: (scene) => (hidesError(scene)
    ? `${scene.host} answered ${scene.response.status}, and CORS only hides it. Repair the ${scene.response.status} first, then send the CORS headers on error responses too.`
    : null),
  evidence: ({ response }) => `${statusAnd(response, 'Server')} · no Access-Control-Allow-Origin`,
  fix: ({ response }) => (response.status === 404 ? 'Check the path of the URL.' : response.status === 401 || response.status === 403 ? 'Sign in again, or send the token that the server wants.' : `Look in the server's log for the ${response.status}.`),
};
