import { byteUppercase } from './byte.ts';
import { isHttpToken } from './http-token.ts';

/** https://fetch.spec.whatwg.org/#concept-method */
export const isMethod = isHttpToken;

const corsSafelisted: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST']);

/** https://fetch.spec.whatwg.org/#cors-safelisted-method */
export const isCorsSafelistedMethod = (method: string): boolean => corsSafelisted.has(method);

const forbidden: ReadonlySet<string> = new Set(['CONNECT', 'TRACE', 'TRACK']);

/** https://fetch.spec.whatwg.org/#forbidden-method */
export const isForbiddenMethod = (method: string): boolean => forbidden.has(byteUppercase(method));

const safe: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

/** Whether it asks for nothing to be changed. https://www.rfc-editor.org/rfc/rfc9110.html#name-safe-methods */
export const isSafeMethod = (method: string): boolean => safe.has(method);

const normalized: ReadonlySet<string> = new Set(['DELETE', 'GET', 'HEAD', 'OPTIONS', 'POST', 'PUT']);

/** Upper-cases six methods and leaves every other as it is, `patch` included. https://fetch.spec.whatwg.org/#concept-method-normalize */
export function normalizeMethod(method: string): string {
  const upper = byteUppercase(method);
  return normalized.has(upper) ? upper : method;
}
