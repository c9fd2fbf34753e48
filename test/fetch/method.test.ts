import { expect, it } from 'vitest';
import { isCorsSafelistedMethod, isForbiddenMethod, isMethod, isSafeMethod, normalizeMethod } from '../../src/fetch/method.ts';

interface Row {
  readonly method: string;
  readonly normalized: string;
  readonly is: readonly ('method' | 'CORS-safelisted' | 'forbidden' | 'safe')[];
  readonly source: string;
}

const safelisted = 'https://fetch.spec.whatwg.org/#cors-safelisted-method';
const forbidden = 'https://fetch.spec.whatwg.org/#forbidden-method';
const normalize = 'https://fetch.spec.whatwg.org/#concept-method-normalize';
const safe = 'https://www.rfc-editor.org/rfc/rfc9110.html#name-safe-methods';
const token = 'https://fetch.spec.whatwg.org/#concept-method';

const rows: readonly Row[] = [
  { method: 'GET', normalized: 'GET', is: ['method', 'CORS-safelisted', 'safe'], source: safelisted },
  { method: 'HEAD', normalized: 'HEAD', is: ['method', 'CORS-safelisted', 'safe'], source: safelisted },
  { method: 'POST', normalized: 'POST', is: ['method', 'CORS-safelisted'], source: safelisted },
  { method: 'OPTIONS', normalized: 'OPTIONS', is: ['method', 'safe'], source: safelisted },
  { method: 'PUT', normalized: 'PUT', is: ['method'], source: safelisted },
  { method: 'DELETE', normalized: 'DELETE', is: ['method'], source: safelisted },
  { method: 'PATCH', normalized: 'PATCH', is: ['method'], source: safelisted },
  { method: 'QUERY', normalized: 'QUERY', is: ['method'], source: safelisted },

  { method: 'get', normalized: 'GET', is: ['method'], source: normalize },
  { method: 'Post', normalized: 'POST', is: ['method'], source: normalize },
  { method: 'options', normalized: 'OPTIONS', is: ['method'], source: normalize },
  { method: 'dElEtE', normalized: 'DELETE', is: ['method'], source: normalize },
  { method: 'put', normalized: 'PUT', is: ['method'], source: normalize },
  { method: 'head', normalized: 'HEAD', is: ['method'], source: normalize },
  { method: 'patch', normalized: 'patch', is: ['method'], source: normalize },
  { method: 'query', normalized: 'query', is: ['method'], source: normalize },

  { method: 'CONNECT', normalized: 'CONNECT', is: ['method', 'forbidden'], source: forbidden },
  { method: 'trace', normalized: 'trace', is: ['method', 'forbidden'], source: forbidden },
  { method: 'Track', normalized: 'Track', is: ['method', 'forbidden'], source: forbidden },
  { method: 'TRACE', normalized: 'TRACE', is: ['method', 'forbidden', 'safe'], source: safe },
  { method: 'TRACKER', normalized: 'TRACKER', is: ['method'], source: forbidden },

  { method: '', normalized: '', is: [], source: token },
  { method: 'GET ', normalized: 'GET ', is: [], source: token },
  { method: 'GET\n', normalized: 'GET\n', is: [], source: token },
  { method: 'PUT,DELETE', normalized: 'PUT,DELETE', is: [], source: token },
  { method: 'P\xdcT', normalized: 'P\xdcT', is: [], source: token },
  { method: '*', normalized: '*', is: ['method'], source: token },
];

it.each(rows)('"$method" ($source)', ({ method, normalized, is }) => {
  expect(normalizeMethod(method)).toBe(normalized);
  expect({ 'method': isMethod(method), 'CORS-safelisted': isCorsSafelistedMethod(method), 'forbidden': isForbiddenMethod(method), 'safe': isSafeMethod(method) }).toEqual({
    'method': is.includes('method'), 'CORS-safelisted': is.includes('CORS-safelisted'), 'forbidden': is.includes('forbidden'), 'safe': is.includes('safe'),
  });
});
