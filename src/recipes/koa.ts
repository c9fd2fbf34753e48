import type { CorsPolicy } from '../fix/cors-policy.ts';
import { statedMaxAge } from '../fix/respond.ts';
import { arrayLiteral } from './javascript.ts';
import type { Recipe, Rendered } from './recipe.ts';

/** Koa with its own middleware for CORS, `@koa/cors`. */
export const koa: Recipe = {
  id: 'koa',
  title: 'Koa',
  language: 'javascript',
  extension: 'js',
  docs: 'https://github.com/koajs/cors',
  where: 'Right after the app is created, before every other app.use: authentication, body parsers and routes.',
  first: 'npm install @koa/cors',
  pitfall: 'Koa drops all headers when an error is thrown. This middleware puts its own back, but only for what runs after it.',
  active: 'Restart the application. npm ls @koa/cors must show the package.',
  log: null,
  proof: { kind: 'server', versions: 'Koa 3.3.0 with @koa/cors 5.0.0' },
  fingerprints: [],
  render,
};

function render(policy: CorsPolicy): Rendered {
  if (policy.methods.includes('OPTIONS')) {
    return { ok: false, refused: 'This middleware shares no response to an OPTIONS request. Remove OPTIONS from the methods.' };
  }
  const maxAge = statedMaxAge(policy);
  const snippet = [
    "import cors from '@koa/cors';",
    '',
    ...(policy.origins === '*' ? [] : [`const corsOrigins = ${arrayLiteral(policy.origins, '')};`, '']),
    '// Right after the app is created: before authentication, body parsers and routes.',
    'app.use(cors({',
    ...(policy.origins === '*'
      ? ["  origin: '*',"]
      : ["  origin: (ctx) => corsOrigins.find((origin) => origin === ctx.get('Origin')) ?? '',"]),
    ...(policy.credentialed ? ['  credentials: true,'] : []),
    `  allowMethods: ${arrayLiteral(policy.methods, '  ')},`,
    ...(policy.requestHeaders.length === 0
      ? ['  // An empty list would grant whatever a preflight asks for. No script can set this one.', "  allowHeaders: ['origin'],"]
      : [`  allowHeaders: ${arrayLiteral(policy.requestHeaders, '  ')},`]),
    ...(policy.exposedHeaders.length === 0 ? [] : [`  exposeHeaders: ${arrayLiteral(policy.exposedHeaders, '  ')},`]),
    ...(maxAge === null ? [] : [`  maxAge: '${maxAge}',`]),
    '}));',
  ];
  return { ok: true, snippet: `${snippet.join('\n')}\n` };
}
