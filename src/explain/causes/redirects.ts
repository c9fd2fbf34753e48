import { get } from '../../fetch/header-list.ts';
import { isRedirectStatus } from '../../fetch/status.ts';
import { parseUrl } from '../../fetch/url.ts';
import { redactUrl } from '../redact.ts';
import { pastableUrl } from './paste.ts';
import { failsOn, isPreflight, issue, shortened, statusAnd } from './signs.ts';
import type { CauseRow } from './cause.ts';
import { isLoginUrl } from './login.ts';
import { urlDifference } from './url-difference.ts';

export const redirectedToLogin: CauseRow = {
  id: 'redirected-to-login', owner: 'api-server', source: issue('oauth2-proxy/oauth2-proxy/issues/2072'),
  short: () => 'Redirected to a login page',
  explain: ({ exchange, block, response }) => {
    if (isPreflight(block)) return null;
    const [first] = exchange.hops;
    const location = get(response.headers, 'location') ?? '';
    const target = (isRedirectStatus(response.status) ? parseUrl(location, block.hop.url)?.href : null) ?? block.hop.url;
    return target !== first.url && isLoginUrl(target) && !isLoginUrl(first.url)
      ? `${shortened(redactUrl(first.url))} redirected to a login page. The session probably expired: answer scripts with 401 instead of a redirect.`
      : null;
  },
  evidence: ({ exchange, response }) => `${exchange.hops.map(({ url }) => shortened(redactUrl(url))).slice(0, 3).join(' → ')} · ${statusAnd(response, 'Location')}`,
  fix: () => 'Let the client code sign in again by navigating to the login page: a fetch cannot.',
};

export const redirectWithoutHeaders: CauseRow = {
  id: 'redirect-without-headers', owner: 'api-server', source: issue('vercel/next.js/issues/63948'),
  short: ({ block, response }) => {
    const target = parseUrl(get(response.headers, 'location') ?? '', block.hop.url);
    return target ? `Redirected without CORS headers: the URL ${urlDifference(block.hop.url, target.href)}` : 'Redirected without CORS headers';
  },
  explain: ({ block, response }) => {
    const location = get(response.headers, 'location');
    if (isPreflight(block) || location === null || !isRedirectStatus(response.status) || !failsOn(block, 'MissingAllowOriginHeader')) return null;
    const target = parseUrl(location, block.hop.url);
    return target && `The redirect itself has no CORS headers, so the browser stops there. It leads to ${shortened(redactUrl(target.href))}, which ${urlDifference(block.hop.url, target.href)}. Request that URL directly.`;
  },
  evidence: ({ response }) => statusAnd(response, 'Location'),
  fix: ({ block, response }) => `Request ${shortened(redactUrl(new URL(get(response.headers, 'location') ?? '', block.hop.url).href))} in the client code.`,
  code: ({ block, response }) => pastableUrl(new URL(get(response.headers, 'location') ?? '', block.hop.url).href),
};

export const originLostInRedirect: CauseRow = {
  id: 'origin-lost-in-redirect', owner: 'api-server', source: 'https://fetch.spec.whatwg.org/#concept-request-tainted-origin',
  short: () => 'The origin got lost in a redirect',
  explain: ({ exchange, block, host }) => (block.at.hop > 0 && block.at.origin === 'null' && exchange.origin !== 'null'
    ? `The redirect to ${host} went across origins, so the browser sends Origin: null. Request the final URL directly.`
    : null),
  evidence: ({ exchange }) => `Origin: null after ${exchange.hops.length - 1} redirect${exchange.hops.length === 2 ? '' : 's'} from a page at ${exchange.origin}`,
  fix: ({ block }) => `Request ${shortened(redactUrl(block.hop.url))} in the client code.`,
  code: ({ block }) => pastableUrl(block.hop.url),
};

export const credentialsInRedirect: CauseRow = {
  id: 'credentials-in-redirect', owner: 'api-server', source: 'https://fetch.spec.whatwg.org/#http-redirect-fetch',
  short: null,
  explain: ({ block }) => (block.error.code === 'RedirectContainsCredentials'
    ? 'The server redirects to a URL with a user name or password in it.'
    : null),
  evidence: ({ response }) => statusAnd(response, 'Location'),
  fix: () => 'Send the password in the Authorization header of a request to the final URL.',
};

export const redirectToOtherScheme: CauseRow = {
  id: 'redirect-to-other-scheme', owner: 'api-server', source: 'https://fetch.spec.whatwg.org/#http-redirect-fetch',
  short: null,
  explain: ({ block }) => (block.error.code === 'CorsDisabledScheme'
    ? `The server redirects to ${shortened(redactUrl(block.error.found ?? ''))}, and a fetch goes to http and https only.`
    : null),
  evidence: ({ response }) => statusAnd(response, 'Location'),
  fix: () => 'Navigate to such a URL with a link instead of a fetch.',
};
