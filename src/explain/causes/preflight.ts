import { get } from '../../fetch/header-list.ts';
import { isRedirectStatus } from '../../fetch/status.ts';
import { parseUrl } from '../../fetch/url.ts';
import { failsOn, isPreflight, issue, lineOf, shortened, statusAnd } from './signs.ts';
import { redactUrl } from '../redact.ts';
import { pastableUrl } from './paste.ts';
import type { CauseRow, Scene } from './cause.ts';
import { isLoginUrl } from './login.ts';
import { urlDifference } from './url-difference.ts';

const needsLogin: ReadonlySet<number> = new Set([401, 403, 407, 511]);

/** Where a refused preflight's redirect leads, in full; null where there is no such URL. Browsers differ in what they complain of first. */
function redirectTarget({ block, response }: Scene): string | null {
  if (!isPreflight(block) || !isRedirectStatus(response.status)) return null;
  const location = get(response.headers, 'location');
  return location === null ? null : parseUrl(location, block.hop.url)?.href ?? null;
}

/** Whether a preflight was answered with what is neither success nor a redirect. */
function isRefusal(scene: Scene): boolean {
  const { block, response } = scene;
  return isPreflight(block) && (response.status >= 400 || (block.error.code === 'PreflightInvalidStatus' && redirectTarget(scene) === null));
}

export const preflightNeedsLogin: CauseRow = {
  id: 'preflight-needs-login', owner: 'api-server', source: issue('spring-projects/spring-security/issues/4448'),
  short: ({ response }) => `Preflight: ${response.status}, authentication runs first`,
  explain: (scene) => (isRefusal(scene) && needsLogin.has(scene.response.status)
    ? `${scene.host} answered the preflight with ${scene.response.status}: authentication runs before CORS. A preflight never carries credentials, so let it pass first.`
    : null),
  evidence: ({ response }) => statusAnd(response, 'WWW-Authenticate', 'Server'),
};

export const preflightCrashes: CauseRow = {
  id: 'preflight-crashes', owner: 'api-server', source: issue('supabase/edge-runtime/issues/50'),
  short: ({ response }) => `Preflight: ${response.status}, the server failed on OPTIONS`,
  explain: (scene) => (isRefusal(scene) && scene.response.status >= 500 && scene.response.status !== 501
    ? `${scene.host} answered the preflight with ${scene.response.status}: it failed on OPTIONS. Usually a handler expects a body or a login that OPTIONS does not have. Answer it with 204 before that handler.`
    : null),
  evidence: ({ response }) => statusAnd(response, 'Server'),
  fix: () => 'Look in the server\'s log for what OPTIONS made fail.',
};

export const preflightNotAnswered: CauseRow = {
  id: 'preflight-not-answered', owner: 'api-server', source: issue('Kong/kong/issues/4859'),
  short: ({ response }) => `Preflight: ${response.status}, nothing handles OPTIONS`,
  explain: (scene) => {
    const { response, host } = scene;
    if (!isRefusal(scene) || needsLogin.has(response.status) || (response.status >= 500 && response.status !== 501)) return null;
    return `${host} answered the preflight with ${response.status}: nothing there handles OPTIONS. Answer it with 204 for this path.`;
  },
  evidence: ({ response }) => statusAnd(response, 'Allow', 'Server'),
};

export const optionsAnsweredWithoutCors: CauseRow = {
  id: 'options-answered-without-cors', owner: 'api-server', source: issue('expressjs/cors/issues/203'),
  short: () => 'Preflight: something answers OPTIONS before CORS does',
  explain: ({ block, response, host }) => (isPreflight(block) && response.status >= 200 && response.status <= 299 && failsOn(block, 'MissingAllowOriginHeader') && get(response.headers, 'allow') !== null
    ? `${host} answered OPTIONS with a list of methods in Allow and without CORS headers. Something answers before the CORS layer, probably the router. Put the CORS layer first.`
    : null),
  evidence: ({ response }) => statusAnd(response, 'Allow'),
};

export const preflightRedirectedToLogin: CauseRow = {
  id: 'preflight-redirected-to-login', owner: 'api-server', source: issue('oauth2-proxy/oauth2-proxy/issues/2072'),
  short: () => 'Preflight: redirected to a login page',
  explain: (scene) => {
    const target = redirectTarget(scene);
    return target !== null && isLoginUrl(target) && !isLoginUrl(scene.block.hop.url)
      ? `${scene.host} redirects the preflight to what looks like a login page. A preflight never carries credentials: let OPTIONS pass before authentication, and answer scripts with 401 instead of a redirect.`
      : null;
  },
  evidence: ({ response }) => statusAnd(response, 'Location'),
};

export const preflightRedirected: CauseRow = {
  id: 'preflight-redirected', owner: 'api-server', source: issue('fastapi/fastapi/issues/4990'),
  short: (scene) => {
    const target = redirectTarget(scene);
    return target === null ? 'Preflight: redirected' : `Preflight: redirected to a URL that ${urlDifference(scene.block.hop.url, target)}`;
  },
  explain: (scene) => {
    const { block } = scene;
    const target = redirectTarget(scene);
    if (target === null && block.error.code !== 'PreflightDisallowedRedirect') return null;
    return target === null
      ? 'The server redirects to another URL. Request that URL directly, or answer OPTIONS before the redirect.'
      : `The server redirects to ${shortened(redactUrl(target))}, which ${urlDifference(block.hop.url, target)}. Request that URL directly, or answer OPTIONS before the redirect.`;
  },
  evidence: ({ response }) => statusAnd(response, 'Location'),
  fix: (scene) => `Request ${shortened(redactUrl(redirectTarget(scene) ?? 'the final URL'))} in the client code.`,
  code: (scene) => pastableUrl(redirectTarget(scene) ?? ''),
};

export const headersOnlyOnPreflight: CauseRow = {
  id: 'headers-only-on-preflight', owner: 'api-server', source: issue('expressjs/cors/issues/88'),
  short: () => 'Only the preflight has the CORS headers',
  explain: ({ block, response, host }) => {
    const { preflight } = block.hop;
    const seen = preflight?.from === 'network' ? preflight.response : null;
    return !isPreflight(block) && response.status < 300 && failsOn(block, 'MissingAllowOriginHeader') && seen && get(seen.headers, 'access-control-allow-origin') !== null
      ? `${host} sends the CORS headers on the preflight and not on the response after it. Both need Access-Control-Allow-Origin.`
      : null;
  },
  evidence: ({ block, response }) => {
    const { preflight } = block.hop;
    return `Preflight: ${(preflight?.from === 'network' && preflight.response && lineOf(preflight.response.headers, 'Access-Control-Allow-Origin')) || ''} · response: ${statusAnd(response)}, no such header`;
  },
};

export const stalePreflight: CauseRow = {
  id: 'stale-preflight', owner: 'browser', source: 'https://fetch.spec.whatwg.org/#concept-cache',
  short: null,
  explain: ({ block }) => (!isPreflight(block) && block.hop.preflight?.from === 'cache'
    ? 'The preflight\'s answer came from this browser\'s cache, so the server may have changed since. Empty the cache, or tick Disable cache, before you judge a repair.'
    : null),
  evidence: ({ block }) => {
    const { preflight } = block.hop;
    const line = preflight?.from === 'cache' && preflight.source?.response ? lineOf(preflight.source.response.headers, 'Access-Control-Max-Age') : null;
    return `The preflight was answered from the cache${line === null ? '' : ` · ${line}`}`;
  },
  fix: () => 'Tick Disable cache in the Network panel and repeat the request.',
};
