import { byteLowercase } from './byte.ts';
import type { BrowserProfile } from './browser-profile.ts';
import { corsCheck } from './cors-check.ts';
import { type ExtractedValues, extractHeaderListValues, get } from './header-list.ts';
import { isCorsSafelistedMethod } from './method.ts';
import type { CheckedStep, NetworkError, StepId } from './network-error.ts';
import { isCorsNonWildcardRequestHeaderName } from './request-header.ts';
import type { CorsResponse, PreflightedRequest } from './request.ts';
import { isOkStatus, isRedirectStatus } from './status.ts';

/**
 * The response half of a CORS-preflight fetch: every step, in the browser's order, each judged as if the ones before it
 * had passed. https://fetch.spec.whatwg.org/#cors-preflight-fetch-0
 */
export function checkPreflightResponse(request: PreflightedRequest, response: CorsResponse, profile: BrowserProfile): readonly CheckedStep[] {
  const methods = extractHeaderListValues(response.headers, 'access-control-allow-methods');
  const headerNames = extractHeaderListValues(response.headers, 'access-control-allow-headers');
  // 7. If a CORS check for request and response returns success and response's status is an ok status, then:
  const [allowOrigin, allowCredentials] = corsCheck(request, response, 'preflight', profile);
  const errors: Readonly<Partial<Record<StepId, readonly NetworkError[]>>> = {
    'preflight-allow-origin': allowOrigin?.errors ?? [],
    'preflight-allow-credentials': allowCredentials?.errors ?? [],
    'preflight-redirect': checkRedirect(request, response, profile),
    'preflight-ok-status': checkStatus(request, response, profile),
    'allow-methods-syntax': checkSyntax(methods, 'Access-Control-Allow-Methods', response),
    'allow-headers-syntax': checkSyntax(headerNames, 'Access-Control-Allow-Headers', response),
    'method': checkMethod(request, methods.values),
    'request-headers': checkHeaders(request, headerNames.values, profile),
  };
  return profile.preflightOrder.map((id) => ({ id, errors: errors[id] ?? [] }));
}

/** Whether the network would follow this response: what stands in Location hardly matters, only that it is there. */
function isRedirect({ redirect = 'follow' }: PreflightedRequest, response: CorsResponse, profile: BrowserProfile): boolean {
  if (redirect !== 'follow' && !profile.namesUnfollowedPreflightRedirect) return false;
  const location = get(response.headers, 'location');
  return isRedirectStatus(response.status) && location !== null && !(location === '' && profile.ignoresEmptyLocation);
}

function checkRedirect(request: PreflightedRequest, response: CorsResponse, profile: BrowserProfile): readonly NetworkError[] {
  if (!isRedirect(request, response, profile)) return [];
  // A preflight is never redirected: HTTP-network-or-cache fetch returns the redirect itself, which is no ok status.
  return [{
    code: 'PreflightDisallowedRedirect', parameter: '', header: 'Location',
    found: get(response.headers, 'location'), needed: 'a status from 200 to 299',
  }];
}

function checkStatus(request: PreflightedRequest, response: CorsResponse, profile: BrowserProfile): readonly NetworkError[] {
  // A redirect has a name of its own.
  if (isOkStatus(response.status) || isRedirect(request, response, profile)) return [];
  return [{
    code: 'PreflightInvalidStatus', parameter: '', header: null,
    found: String(response.status), needed: 'a status from 200 to 299',
  }];
}

function checkSyntax(extracted: ExtractedValues, header: string, response: CorsResponse): readonly NetworkError[] {
  // 7.3. If either methods or headerNames is failure, return a network error.
  if (!extracted.failure) return [];
  const found = get(response.headers, byteLowercase(header) as Lowercase<string>);
  return [{
    code: header === 'Access-Control-Allow-Methods' ? 'InvalidAllowMethodsPreflightResponse' : 'InvalidAllowHeadersPreflightResponse',
    parameter: '', header, found, needed: 'names separated by commas',
  }];
}

function checkMethod(request: PreflightedRequest, methods: readonly string[] | null): readonly NetworkError[] {
  // 7.4. If methods is null and request's use-CORS-preflight flag is set, then set methods to a new list containing
  //      request's method. No browser does so, and the flag cannot be seen from outside.
  const list = methods ?? [];
  // 7.5. If request's method is not in methods, request's method is not a CORS-safelisted method, and request's
  //      credentials mode is "include" or methods does not contain `*`, then return a network error.
  if (list.includes(request.method) || isCorsSafelistedMethod(request.method)) return [];
  if (request.credentials !== 'include' && list.includes('*')) return [];
  return [{
    code: 'MethodDisallowedByPreflightResponse', parameter: request.method, header: 'Access-Control-Allow-Methods',
    found: methods === null ? null : list.join(', '), needed: request.method,
  }];
}

function checkHeaders(request: PreflightedRequest, headerNames: readonly string[] | null, profile: BrowserProfile): readonly NetworkError[] {
  const allowed = new Set((headerNames ?? []).map(byteLowercase));
  const wildcard = request.credentials !== 'include' && allowed.has('*');
  const missing = request.unsafeHeaderNames.filter((name) => {
    if (allowed.has(name)) return false;
    // 7.6. If one of request's header list's names is a CORS non-wildcard request-header name and is not a
    //      byte-case-insensitive match for an item in headerNames, then return a network error.
    if (isCorsNonWildcardRequestHeaderName(name) && !profile.wildcardCoversAuthorization) return true;
    // 7.7. For each unsafeName of the CORS-unsafe request-header names with request's header list, if unsafeName is not
    //      a byte-case-insensitive match for an item in headerNames and request's credentials mode is "include" or
    //      headerNames does not contain `*`, return a network error.
    return !wildcard;
  });
  const ordered = profile.headerOrder === 'name' ? [...missing].sort() : missing;
  const found = headerNames === null ? null : headerNames.join(', ');
  return ordered.map((name) => ({
    code: 'HeaderDisallowedByPreflightResponse', parameter: name, header: 'Access-Control-Allow-Headers', found, needed: name,
  }));
}
