import { byteLowercase } from '../fetch/byte.ts';
import { values } from '../fetch/header-list.ts';
import { differingParts, serializeOrigin } from '../fetch/origin.ts';
import type { Exchange, SeenResponse } from '../exchange/exchange.ts';
import { requestedHeaderNames } from '../exchange/preflight-request.ts';
import type { Block, Diagnosis } from './diagnosis.ts';
import type { Owner } from './owner.ts';
import { redactUrl } from './redact.ts';

/** Why it happened, beyond which check failed. */
export interface Cause {
  readonly id: string;
  readonly owner: Owner;
  readonly summary: string;
}

/** What a row may look at: a blocked exchange, the response that failed, and the error. */
interface Scene {
  readonly exchange: Exchange;
  readonly block: Block;
  readonly response: SeenResponse;
  readonly host: string;
}

interface CauseRow {
  readonly id: string;
  readonly owner: Owner;
  /** The sentence that says it about this exchange, or null when it is not the cause. */
  readonly explain: (scene: Scene) => string | null;
}

const isOriginError = /(MissingAllowOrigin|MultipleAllowOrigin|InvalidAllowOrigin|AllowOriginMismatch)/;

/** Headers that monitoring and API libraries add on their own, and who adds them. */
const addedBy: ReadonlyMap<string, string> = new Map([
  ['baggage', 'Sentry or OpenTelemetry'],
  ['sentry-trace', 'Sentry'],
  ['traceparent', 'OpenTelemetry or another tracing library'],
  ['tracestate', 'OpenTelemetry or another tracing library'],
  ['x-datadog-trace-id', 'Datadog'],
  ['x-datadog-parent-id', 'Datadog'],
  ['x-datadog-origin', 'Datadog'],
  ['x-datadog-sampling-priority', 'Datadog'],
  ['newrelic', 'New Relic'],
  ['request-id', 'Application Insights'],
  ['request-context', 'Application Insights'],
  ['x-requested-with', 'jQuery or another AJAX library'],
  ['x-client-info', 'Supabase'],
  ['apikey', 'Supabase'],
]);

const needsLogin: ReadonlySet<number> = new Set([401, 403, 407]);

const loginUrl = /(^|[^a-z])(log-?in|sign-?in|oauth2?|sso|authorize)([^a-z]|$)/i;

/**
 * In order of what to tell first: what hides behind CORS, then what spoiled the headers, then the plain header. A row is
 * all there is to a cause.
 */
const rows: readonly CauseRow[] = [
  {
    id: 'response-header-sent-as-request-header', owner: 'client-code',
    explain: ({ block }) => {
      const name = askedNames(block).find((asked) => /^access-control-allow-/.test(asked));
      return name ? `The script sends ${name} as a request header. It is a response header: delete it from the client code.` : null;
    },
  },
  {
    id: 'preflight-needs-login', owner: 'api-server',
    explain: ({ block, response, host }) => (block.at.phase === 'preflight' && needsLogin.has(response.status)
      ? `${host} answered the preflight with ${response.status}: authentication runs before CORS. A preflight never carries credentials, so let it pass first.`
      : null),
  },
  {
    id: 'preflight-not-answered', owner: 'api-server',
    explain: ({ block, response, host }) => (block.at.phase === 'preflight' && (response.status >= 400 || block.error.code === 'PreflightInvalidStatus') && !needsLogin.has(response.status)
      ? `${host} answered the preflight with ${response.status}: nothing there handles OPTIONS. Answer it with 204 for this path.`
      : null),
  },
  {
    id: 'preflight-redirected', owner: 'api-server',
    explain: ({ block }) => {
      if (block.error.code !== 'PreflightDisallowedRedirect') return null;
      const location = block.error.found ?? '';
      const difference = URL.canParse(location, block.hop.url) ? urlDifference(block.hop.url, new URL(location, block.hop.url).href) : 'another URL';
      return `The server redirects to ${redactUrl(difference)}. Request that URL directly, or answer OPTIONS before the redirect.`;
    },
  },
  {
    id: 'redirected-to-login', owner: 'api-server',
    explain: ({ exchange, block }) => (block.at.phase === 'actual' && block.at.hop > 0 && loginUrl.test(block.hop.url)
      ? `${redactUrl(exchange.hops[0].url)} redirected to a login page. The session probably expired: answer scripts with 401 instead of a redirect.`
      : null),
  },
  {
    id: 'origin-lost-in-redirect', owner: 'api-server',
    explain: ({ exchange, block, host }) => (block.at.hop > 0 && block.at.origin === 'null' && exchange.origin !== 'null'
      ? `The redirect to ${host} went across origins, so the browser sends Origin: null. Request the final URL directly.`
      : null),
  },
  {
    id: 'opaque-origin', owner: 'page',
    explain: ({ exchange, block }) => (exchange.origin === 'null' && isOriginError.test(block.error.code)
      ? 'The page has no origin of its own: it is a file, a data: URL or a sandboxed frame. Serve it over http, or give the frame allow-same-origin. Never allow null: any site can send it.'
      : null),
  },
  {
    id: 'error-response', owner: 'api-server',
    explain: ({ block, response, host }) => (block.at.phase === 'actual' && response.status >= 400 && block.error.code === 'MissingAllowOriginHeader'
      ? `${host} answered ${response.status}, and CORS only hides it. Repair the ${response.status} first, then send the CORS headers on error responses too.`
      : null),
  },
  {
    id: 'header-sent-twice', owner: 'proxy',
    explain: ({ response }) => {
      const lines = values(response.headers, 'access-control-allow-origin');
      return lines.length > 1
        ? `Access-Control-Allow-Origin came ${lines.length} times: ${lines.join(' and ')}. The application and a proxy each add it. Let one of them own it.`
        : null;
    },
  },
  {
    id: 'several-origins-in-one-header', owner: 'api-server',
    explain: ({ block, response }) => (/MultipleAllowOrigin/.test(block.error.code) && values(response.headers, 'access-control-allow-origin').length === 1
      ? 'The server sends its whole list of origins. It has to choose the one that asked.'
      : null),
  },
  {
    id: 'origin-nearly-right', owner: 'api-server',
    explain: ({ block }) => {
      if (!/(InvalidAllowOrigin|AllowOriginMismatch)/.test(block.error.code) || block.at.origin === 'null') return null;
      const slip = nearMiss(block.at.origin, block.error.found ?? '');
      return slip ? `The allowed origin ${slip}.` : null;
    },
  },
  {
    id: 'origin-not-allowed', owner: 'api-server',
    explain: ({ block, host }) => (/(InvalidAllowOrigin|AllowOriginMismatch)/.test(block.error.code) && block.at.origin !== 'null'
      ? `${host} allows another origin. Add ${block.at.origin} to its list.`
      : null),
  },
  {
    id: 'wildcard-with-credentials', owner: 'api-server',
    explain: ({ block, host }) => (/WildcardOriginNotAllowed/.test(block.error.code)
      ? `${host} allows any origin, and the request carries credentials. Name the origin, or drop the credentials in the client code.`
      : null),
  },
  {
    id: 'credentials-not-allowed', owner: 'api-server',
    explain: ({ block, host }) => (/InvalidAllowCredentials/.test(block.error.code)
      ? `${host} does not allow credentials with the exact value true.`
      : null),
  },
  {
    id: 'method-in-lower-case', owner: 'client-code',
    explain: ({ block }) => (block.error.code === 'MethodDisallowedByPreflightResponse' && block.hop.method === 'patch'
      ? 'The script sends patch in lower case, and browsers leave it so. Write PATCH.'
      : null),
  },
  {
    id: 'method-not-allowed', owner: 'api-server',
    explain: ({ block, host }) => (block.error.code === 'MethodDisallowedByPreflightResponse'
      ? `${host} does not list ${block.error.parameter} in Access-Control-Allow-Methods.`
      : null),
  },
  {
    id: 'header-added-by-library', owner: 'client-code',
    explain: ({ block }) => {
      if (block.error.code !== 'HeaderDisallowedByPreflightResponse') return null;
      const library = addedBy.get(block.error.parameter);
      return library
        ? `${block.error.parameter} is usually added by ${library}. Keep it from adding the header to this server, or allow the header if the server is yours.`
        : null;
    },
  },
  {
    id: 'header-not-allowed', owner: 'api-server',
    explain: ({ block, host }) => (block.error.code === 'HeaderDisallowedByPreflightResponse'
      ? `${host} does not list ${[block.error, ...block.otherErrors].filter(({ code }) => code === block.error.code).map(({ parameter }) => parameter).join(', ')} in Access-Control-Allow-Headers.`
      : null),
  },
  {
    id: 'unreadable-list', owner: 'api-server',
    explain: ({ block }) => (/^InvalidAllow(Methods|Headers)Preflight/.test(block.error.code)
      ? `The server sends a list that is none: ${block.error.found ?? ''}. Put commas between the names and nothing around them.`
      : null),
  },
  {
    id: 'credentials-in-redirect', owner: 'api-server',
    explain: ({ block }) => (block.error.code === 'RedirectContainsCredentials'
      ? 'The server redirects to a URL with a user name or password in it.'
      : null),
  },
  {
    id: 'redirect-to-other-scheme', owner: 'api-server',
    explain: ({ block }) => (block.error.code === 'CorsDisabledScheme'
      ? `The server redirects to ${redactUrl(block.error.found ?? '')}, and a fetch goes to http and https only.`
      : null),
  },
  {
    id: 'no-cors-headers', owner: 'api-server',
    explain: ({ block, host }) => (/MissingAllowOrigin/.test(block.error.code)
      ? `${host} sends no CORS headers here. If the server is yours, allow the origin; if not, call it from your own server.`
      : null),
  },
];

/** Every cause that fits a blocked or failed exchange. The first one is the one to tell. */
export function causesOf(exchange: Exchange, diagnosis: Pick<Diagnosis, 'block' | 'failure'>): readonly Cause[] {
  const { block, failure } = diagnosis;
  if (failure) {
    return [{ id: failure.kind, owner: failure.owner, summary: `This is not CORS: ${failure.summary}` }];
  }
  if (!block) return [];
  const scene: Scene = { exchange, block, response: block.at.response, host: block.evidence.host };
  return rows.flatMap(({ id, owner, explain }) => {
    const summary = explain(scene);
    return summary === null ? [] : [{ id, owner, summary }];
  });
}

function askedNames(block: Block): readonly string[] {
  const { preflight } = block.hop;
  return preflight?.from === 'network' ? requestedHeaderNames(preflight.requestHeaders ?? []) : [];
}

/** What separates a value from the origin it should be, when that is little. */
function nearMiss(origin: string, found: string): string | null {
  // Something between the browser and us may have rewritten Origin.
  if (!URL.canParse(origin)) return null;
  if (found === `${origin}/`) return 'ends with a slash: an origin has no path';
  if (byteLowercase(found) === origin) return 'is written in upper case: origins are compared byte by byte';
  if (URL.canParse(found) && serializeOrigin(found) === origin) return `has more in it than an origin: send ${origin}`;
  if (`${new URL(origin).protocol}//${found}` === origin) return 'has no scheme: send it in full';
  const parts = differingParts(origin, found);
  if (parts === null || parts.length !== 1 || parts[0] === 'host') return null;
  const part = parts[0] === 'scheme' ? ['scheme', new URL(origin).protocol, new URL(found).protocol] : ['port', portOf(origin), portOf(found)];
  return `differs in its ${part[0]}: the page has ${part[1]}, the server allows ${part[2]}`;
}

const portOf = (url: string): string => new URL(url).port || 'the default port';

/** What is different in the URL that a redirect names. */
function urlDifference(from: string, to: string): string {
  const [a, b] = [new URL(from), new URL(to)];
  if (a.protocol !== b.protocol && a.host === b.host) return `${to}, which has another scheme`;
  if (a.host !== b.host) return `${to}, which has another host`;
  if (`${a.pathname}/` === b.pathname) return `${to}, which ends with a slash`;
  if (a.pathname === `${b.pathname}/`) return `${to}, which ends without a slash`;
  return to;
}

