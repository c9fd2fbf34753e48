import type { BrowserProfile } from './browser-profile.ts';
import { byteLowercase } from './byte.ts';
import { type HeaderList, get } from './header-list.ts';
import type { CheckedStep, CorsErrorCode, NetworkError, StepId } from './network-error.ts';
import type { CorsRequest, CorsResponse } from './request.ts';
import { utf8Decode } from './utf8.ts';
import { parseUrl } from './url.ts';

/** Which response is judged. Chrome names the same failure differently on each. */
export type Phase = 'preflight' | 'actual';

interface Names {
  readonly origin: StepId;
  readonly credentials: StepId;
  readonly missing: CorsErrorCode;
  readonly wildcard: CorsErrorCode;
  readonly multiple: CorsErrorCode;
  readonly invalid: CorsErrorCode;
  readonly mismatch: CorsErrorCode;
  readonly notTrue: CorsErrorCode;
}

const names: Readonly<Record<Phase, Names>> = {
  preflight: {
    origin: 'preflight-allow-origin',
    credentials: 'preflight-allow-credentials',
    missing: 'PreflightMissingAllowOriginHeader',
    wildcard: 'PreflightWildcardOriginNotAllowed',
    multiple: 'PreflightMultipleAllowOriginValues',
    invalid: 'PreflightInvalidAllowOriginValue',
    mismatch: 'PreflightAllowOriginMismatch',
    notTrue: 'PreflightInvalidAllowCredentials',
  },
  actual: {
    origin: 'allow-origin',
    credentials: 'allow-credentials',
    missing: 'MissingAllowOriginHeader',
    wildcard: 'WildcardOriginNotAllowed',
    multiple: 'MultipleAllowOriginValues',
    invalid: 'InvalidAllowOriginValue',
    mismatch: 'AllowOriginMismatch',
    notTrue: 'InvalidAllowCredentials',
  },
};

/**
 * The CORS check, with both of its halves judged even when the first one fails: the second is what would block next.
 * https://fetch.spec.whatwg.org/#concept-cors-check
 */
export function corsCheck(request: CorsRequest, response: CorsResponse, phase: Phase, profile: BrowserProfile): readonly CheckedStep[] {
  const originError = checkAllowOrigin(request, response, phase, profile);
  const credentialsError = checkAllowCredentials(request, response, phase);
  return [
    { id: names[phase].origin, errors: originError ? [originError] : [] },
    { id: names[phase].credentials, errors: credentialsError ? [credentialsError] : [] },
  ];
}

function checkAllowOrigin(request: CorsRequest, response: CorsResponse, phase: Phase, profile: BrowserProfile): NetworkError | null {
  const needed = request.credentials === 'include' ? request.origin : `${request.origin} or *`;
  const error = (code: CorsErrorCode, parameter: string, found: string | null): NetworkError =>
    ({ code, parameter, header: 'Access-Control-Allow-Origin', found, needed });
  // 1. Let origin be the result of getting `Access-Control-Allow-Origin` from response's header list.
  const origin = get(response.headers, 'access-control-allow-origin');
  // 2. If origin is null, then return failure.
  if (origin === null) return error(names[phase].missing, '', null);
  if (origin === '*') {
    // 3. If request's credentials mode is not "include" and origin is `*`, then return success.
    if (request.credentials !== 'include') return null;
    return error(names[phase].wildcard, '', origin);
  }
  // 4. If the result of byte-serializing a request origin with request is not origin, then return failure.
  if (origin === request.origin) return null;
  const several = hasSeveralValues(origin, response.headers, profile);
  // Chrome reports no parameter where the value's bytes are no UTF-8.
  const text = utf8Decode(origin);
  if (several) return error(names[phase].multiple, text ?? '', origin);
  const isUrl = parseUrl(text ?? origin.replace(/[\x80-\xff]/g, '\ufffd')) !== null;
  if (profile.namesInvalidAllowOrigin && origin !== 'null' && !isUrl) return error(names[phase].invalid, text ?? '', origin);
  return error(names[phase].mismatch, text ?? '', origin);
}

function hasSeveralValues(origin: string, headers: HeaderList, { multipleAllowOriginValues }: BrowserProfile): boolean {
  const names = headers.map(([name]) => name).filter((name) => byteLowercase(name) === 'access-control-allow-origin');
  const counted = names.filter((name) => name === countedName).length;
  switch (multipleAllowOriginValues) {
    case 'space-or-comma': return /[ ,]/.test(origin);
    case 'lines': return counted > 1;
    // The name of the joined line is that of the first.
    case 'merged-lines': return origin.split(', ').length - names.length + counted > 1;
  }
}

/** Firefox counts lines whose name is written in this way alone: over HTTP/2 and HTTP/3, where names are in lower case, none. */
const countedName = 'Access-Control-Allow-Origin';

function checkAllowCredentials(request: CorsRequest, response: CorsResponse, phase: Phase): NetworkError | null {
  // 5. If request's credentials mode is not "include", then return success.
  if (request.credentials !== 'include') return null;
  // 6. Let credentials be the result of getting `Access-Control-Allow-Credentials` from response's header list.
  const credentials = get(response.headers, 'access-control-allow-credentials');
  // 7. If credentials is `true`, then return success.
  if (credentials === 'true') return null;
  // 8. Return failure.
  return {
    code: names[phase].notTrue,
    parameter: utf8Decode(credentials ?? '') ?? '',
    header: 'Access-Control-Allow-Credentials',
    found: credentials,
    needed: 'true',
  };
}
