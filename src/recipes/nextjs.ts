import type { CorsPolicy } from '../fix/cors-policy.ts';
import { statedMaxAge } from '../fix/respond.ts';
import { arrayLiteral, stringLiteral } from './javascript.ts';
import type { Recipe, Rendered } from './recipe.ts';

/** Next.js 16, whose proxy runs before every route. Earlier versions call it middleware. */
export const nextjs: Recipe = {
  id: 'nextjs',
  title: 'Next.js',
  language: 'typescript',
  extension: 'ts',
  docs: 'https://nextjs.org/docs/app/api-reference/file-conventions/proxy',
  where: 'In proxy.ts beside the folder app. Before version 16 call the file middleware.ts and the function middleware.',
  first: null,
  pitfall: 'Redirects of next.config and of a trailing slash run earlier, and no preflight survives them. Request the final URL. Pages replace Vary, so let other origins read route handlers only.',
  active: 'Run next build, which must list Proxy. Then restart the server.',
  log: null,
  proof: { kind: 'server', versions: 'Next.js 16.4.5' },
  fingerprints: ['next.js'],
  render,
};

function render(policy: CorsPolicy): Rendered {
  const maxAge = statedMaxAge(policy);
  const { origins } = policy;
  const ofPreflight = [
    ...setList('Access-Control-Allow-Methods', policy.methods),
    ...setList('Access-Control-Allow-Headers', policy.requestHeaders),
    ...setList('Access-Control-Max-Age', maxAge === null ? [] : [String(maxAge)]),
  ];
  const ofResponse = setList('Access-Control-Expose-Headers', policy.exposedHeaders);
  const snippet = [
    "import { NextResponse, type NextRequest } from 'next/server';",
    '',
    ...(origins === '*' ? [] : [`const corsOrigins = ${arrayLiteral(origins, '')};`, '']),
    '// If proxy.ts does something already, do it where NextResponse.next() is.',
    'export function proxy(request: NextRequest) {',
    '  // An OPTIONS request that is no preflight goes on to the routes.',
    "  const isPreflight = request.method === 'OPTIONS' && request.headers.has('Access-Control-Request-Method');",
    '  const response = isPreflight ? new NextResponse(null, { status: 204 }) : NextResponse.next();',
    ...(origins === '*'
      ? ["  response.headers.set('Access-Control-Allow-Origin', '*');"]
      : [
          "  const origin = request.headers.get('Origin');",
          '  // Also for an origin that is refused: a cache must not replay that response to another.',
          "  response.headers.append('Vary', 'Origin');",
          "  if (origin !== null && corsOrigins.includes(origin)) response.headers.set('Access-Control-Allow-Origin', origin);",
        ]),
    ...(policy.credentialed ? ["  response.headers.set('Access-Control-Allow-Credentials', 'true');"] : []),
    ...(ofPreflight.length === 0 ? [] : ['  if (isPreflight) {', ...ofPreflight, '  }']),
    ...(ofResponse.length === 0 ? [] : ['  if (!isPreflight) {', ...ofResponse, '  }']),
    '  return response;',
    '}',
  ];
  return { ok: true, snippet: `${snippet.join('\n')}\n` };
}

const setList = (name: string, values: readonly string[]): readonly string[] =>
  values.length === 0 ? [] : [`    response.headers.set('${name}', ${stringLiteral(values.join(', '))});`];
