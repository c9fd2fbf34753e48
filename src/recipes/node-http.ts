import type { CorsPolicy } from '../fix/cors-policy.ts';
import { statedMaxAge } from '../fix/respond.ts';
import { arrayLiteral, stringLiteral } from './javascript.ts';
import type { Recipe, Rendered } from './recipe.ts';

/** Node's own HTTP server, without a package. */
export const nodeHttp: Recipe = {
  id: 'node-http',
  title: 'Node http',
  language: 'javascript',
  extension: 'js',
  docs: 'https://nodejs.org/api/http.html#responsesetheadername-value',
  where: 'Call it first in the request listener, before authentication and routes, and return when it gives true.',
  first: null,
  pitfall: 'A later setHeader or writeHead with Vary drops Origin from it. Use response.appendHeader(\'Vary\', …) there.',
  active: 'Restart the application.',
  log: null,
  proof: { kind: 'server', versions: 'Node 20' },
  fingerprints: [],
  render,
};

function render(policy: CorsPolicy): Rendered {
  const maxAge = statedMaxAge(policy);
  const everyOrigin = policy.origins === '*';
  const snippet = [
    ...(policy.origins === '*' ? [] : [`const corsOrigins = new Set(${arrayLiteral(policy.origins, '')});`, '']),
    '// First in the request listener, before authentication and routes:',
    '//   if (cors(request, response)) return;',
    'function cors(request, response) {',
    ...(everyOrigin
      ? ["  response.setHeader('Access-Control-Allow-Origin', '*');"]
      : [
          '  const { origin } = request.headers;',
          '  // Also for an origin that is refused: a cache must not replay that response to another.',
          "  response.appendHeader('Vary', 'Origin');",
          "  if (corsOrigins.has(origin)) response.setHeader('Access-Control-Allow-Origin', origin);",
        ]),
    ...(policy.credentialed ? ["  response.setHeader('Access-Control-Allow-Credentials', 'true');"] : []),
    '  // An OPTIONS request that is no preflight goes on to the routes.',
    "  if (request.method !== 'OPTIONS' || !request.headers['access-control-request-method']) {",
    ...setList('    ', 'Access-Control-Expose-Headers', policy.exposedHeaders),
    '    return false;',
    '  }',
    ...setList('  ', 'Access-Control-Allow-Methods', policy.methods),
    ...setList('  ', 'Access-Control-Allow-Headers', policy.requestHeaders),
    ...(maxAge === null ? [] : [`  response.setHeader('Access-Control-Max-Age', '${maxAge}');`]),
    '  response.writeHead(204).end();',
    '  return true;',
    '}',
  ];
  return { ok: true, snippet: `${snippet.join('\n')}\n` };
}

const setList = (indent: string, name: string, values: readonly string[]): readonly string[] =>
  values.length === 0 ? [] : [`${indent}response.setHeader('${name}', ${stringLiteral(values.join(', '))});`];
