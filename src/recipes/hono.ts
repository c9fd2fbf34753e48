import type { CorsPolicy } from '../fix/cors-policy.ts';
import { statedMaxAge } from '../fix/respond.ts';
import { arrayLiteral } from './javascript.ts';
import type { Recipe, Rendered } from './recipe.ts';

/** Hono with its own middleware for CORS. */
export const hono: Recipe = {
  id: 'hono',
  title: 'Hono',
  language: 'javascript',
  extension: 'js',
  docs: 'https://hono.dev/docs/middleware/builtin/cors',
  where: 'Right after the app is created, before every other app.use and every route.',
  first: null,
  pitfall: 'Middleware and routes that are registered earlier answer without these headers.',
  active: 'Restart the application.',
  log: null,
  proof: { kind: 'server', versions: 'Hono 4.13.19' },
  fingerprints: [],
  render,
};

function render(policy: CorsPolicy): Rendered {
  if (policy.methods.includes('OPTIONS')) {
    return { ok: false, refused: 'This middleware takes every OPTIONS request for a preflight. Remove OPTIONS from the methods.' };
  }
  const maxAge = statedMaxAge(policy);
  const snippet = [
    "import { cors } from 'hono/cors';",
    '',
    '// Right after the app is created: before every other app.use and every route.',
    'const grantCors = cors({',
    `  origin: ${policy.origins === '*' ? "'*'" : arrayLiteral(policy.origins, '  ')},`,
    ...(policy.credentialed ? ['  credentials: true,'] : []),
    `  allowMethods: ${arrayLiteral(policy.methods, '  ')},`,
    ...(policy.requestHeaders.length === 0
      ? ['  // An empty list would grant whatever a preflight asks for. No script can set this one.', "  allowHeaders: ['origin'],"]
      : [`  allowHeaders: ${arrayLiteral(policy.requestHeaders, '  ')},`]),
    ...(policy.exposedHeaders.length === 0 ? [] : [`  exposeHeaders: ${arrayLiteral(policy.exposedHeaders, '  ')},`]),
    ...(maxAge === null ? [] : [`  maxAge: ${maxAge},`]),
    '});',
    'app.use((c, next) => {',
    '  // An OPTIONS request that is no preflight goes on to the routes.',
    "  const isPlainOptions = c.req.method === 'OPTIONS' && !c.req.header('Access-Control-Request-Method');",
    '  return isPlainOptions ? next() : grantCors(c, next);',
    '});',
  ];
  return { ok: true, snippet: `${snippet.join('\n')}\n` };
}
