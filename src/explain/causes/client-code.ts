import { failsOn, isPreflight, askedNames, issue } from './signs.ts';
import type { CauseRow } from './cause.ts';
import { pastableOrigin } from './paste.ts';
import { sdkHeader } from './sdk-headers.ts';

const responseHeader = /^access-control-(allow|expose|max)-/;

export const responseHeaderSentAsRequestHeader: CauseRow = {
  id: 'response-header-sent-as-request-header', owner: 'client-code', source: issue('axios/axios/issues/1309'),
  short: () => 'The script sends a response header',
  explain: ({ block }) => {
    const name = askedNames(block).find((asked) => responseHeader.test(asked));
    return name ? `The script sends ${name} as a request header. It is a response header: delete it from the client code.` : null;
  },
  evidence: ({ block }) => `The preflight asks for ${askedNames(block).find((asked) => responseHeader.test(asked)) ?? ''}`,
  fix: ({ block }) => `Delete every line that sets ${askedNames(block).filter((asked) => responseHeader.test(asked)).join(', ')} on the request.`,
};

export const methodInLowerCase: CauseRow = {
  id: 'method-in-lower-case', owner: 'client-code', source: 'https://fetch.spec.whatwg.org/#concept-method-normalize',
  short: () => 'Preflight: the method is in lower case',
  explain: ({ block }) => (block.error.code === 'MethodDisallowedByPreflightResponse' && block.hop.method === 'patch'
    ? 'The script sends patch in lower case, and browsers leave it so. Write PATCH.'
    : null),
  evidence: ({ block }) => `Method ${block.hop.method}`,
  fix: () => 'Write the method in upper case in the client code.',
  code: () => 'method: "PATCH"',
};

export const headerAddedByLibrary: CauseRow = {
  id: 'header-added-by-library', owner: 'client-code', source: issue('getsentry/sentry-javascript/issues/6077'),
  short: ({ block }) => `Preflight: ${block.error.parameter} comes from ${sdkHeader(block.error.parameter)?.addedBy ?? 'a library'}`,
  explain: ({ block }) => {
    if (block.error.code !== 'HeaderDisallowedByPreflightResponse') return null;
    const known = sdkHeader(block.error.parameter);
    return known
      ? `${block.error.parameter} is usually added by ${known.addedBy}. Keep it from adding the header to this server, or allow the header if the server is yours.`
      : null;
  },
  evidence: ({ block }) => `The preflight asks for ${block.error.parameter}`,
  fix: ({ block }) => sdkHeader(block.error.parameter)?.remedy ?? '',
  code: ({ exchange, block }) => {
    const [page, server] = [pastableOrigin(exchange.origin), pastableOrigin(block.hop.url)];
    return page && server ? sdkHeader(block.error.parameter)?.setting?.({ page, server }) ?? null : null;
  },
};

/** What a refused preflight is about cannot be seen where the server drops all its CORS headers. */
export const refusalWithoutHeaders: CauseRow = {
  id: 'refusal-without-headers', owner: 'api-server', source: issue('whatwg/fetch/issues/1588'),
  short: null,
  explain: ({ block, response, host }) => {
    if (!isPreflight(block) || !failsOn(block, 'MissingAllowOriginHeader') || response.status < 200 || response.status > 299) return null;
    const own = askedNames(block).filter((name) => sdkHeader(name) !== null);
    return own.length > 0
      ? `${host} answered the preflight with ${response.status} and without CORS headers. Some servers do so when they refuse a header: look at ${own.join(', ')}, not only at the origin.`
      : null;
  },
  evidence: ({ block, response }) => `Status ${response.status} without Access-Control-Allow-Origin · the preflight asks for ${askedNames(block).join(', ')}`,
};
