import type { CorsPolicy } from '../fix/cors-policy.ts';
import { statedMaxAge } from '../fix/respond.ts';
import { pythonList, pythonString } from './python.ts';
import type { Recipe, Rendered } from './recipe.ts';

/**
 * Flask with two hooks of its own. The package flask-cors answers a preflight only after the login and the router have
 * let it pass, compares origins without regard to case, and leaves `Vary` out when a request has no origin.
 */
export const flask: Recipe = {
  id: 'flask',
  title: 'Flask',
  language: 'python',
  extension: 'py',
  docs: 'https://flask.palletsprojects.com/en/stable/api/#flask.Flask.before_request',
  where: 'Right after the app is created, before every other before_request and after_request.',
  first: null,
  pitfall: 'A before_request that is registered earlier, such as a login, would answer the preflight. Remove flask-cors, or the headers are sent twice.',
  active: 'Restart the server.',
  log: null,
  proof: { kind: 'server', versions: 'Flask 3.1.3' },
  fingerprints: ['werkzeug'],
  render,
};

function render(policy: CorsPolicy): Rendered {
  const maxAge = statedMaxAge(policy);
  const { origins } = policy;
  const set = (indent: string, header: string, value: string): string => `${indent}response.headers["${header}"] = ${value}`;
  const list = (header: string, values: readonly string[]): readonly string[] =>
    values.length === 0 ? [] : [set('        ', header, pythonString(values.join(', ')))];
  const ofPreflight = [
    ...list('Access-Control-Allow-Methods', policy.methods),
    ...list('Access-Control-Allow-Headers', policy.requestHeaders),
    ...list('Access-Control-Max-Age', maxAge === null ? [] : [String(maxAge)]),
  ];
  const ofResponse = list('Access-Control-Expose-Headers', policy.exposedHeaders);
  const snippet = [
    'from flask import request',
    '',
    ...(origins === '*' ? [] : [`CORS_ORIGINS = ${pythonList(origins, '')}`, '']),
    '',
    'def is_preflight():',
    '    return request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers',
    '',
    '',
    '# Right after the app is created: before the login and every other hook.',
    '@app.before_request',
    'def answer_preflight():',
    '    if is_preflight():',
    '        return "", 204',
    '',
    '',
    '@app.after_request',
    'def grant_cors(response):',
    ...(origins === '*'
      ? [set('    ', 'Access-Control-Allow-Origin', '"*"')]
      : [
          '    # Also for an origin that is refused: a cache must not replay that response to another.',
          '    response.vary.add("Origin")',
          '    if request.headers.get("Origin") in CORS_ORIGINS:',
          set('        ', 'Access-Control-Allow-Origin', 'request.headers["Origin"]'),
        ]),
    ...(policy.credentialed ? [set('    ', 'Access-Control-Allow-Credentials', '"true"')] : []),
    ...(ofPreflight.length === 0 ? [] : ['    if is_preflight():', ...ofPreflight]),
    ...(ofResponse.length === 0 ? [] : ['    if not is_preflight():', ...ofResponse]),
    '    return response',
  ];
  return { ok: true, snippet: `${snippet.join('\n')}\n` };
}
