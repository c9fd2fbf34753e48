import type { CorsPolicy } from '../fix/cors-policy.ts';
import { statedMaxAge } from '../fix/respond.ts';
import { arrayLiteral } from './javascript.ts';
import type { Recipe, Rendered } from './recipe.ts';

/** Express with its own middleware for CORS, the npm package `cors`. */
export const express: Recipe = {
  id: 'express',
  title: 'Express',
  language: 'javascript',
  extension: 'js',
  docs: 'https://expressjs.com/en/resources/middleware/cors.html',
  where: 'Right after the app is created, before every other app.use: authentication, body parsers, redirects and routes.',
  first: 'npm install cors',
  pitfall: 'Middleware that runs earlier answers preflights and errors without these headers. Leave no other line that sets Access-Control-* headers.',
  active: 'Restart the application. npm ls cors must show the package.',
  log: null,
  proof: { kind: 'server', versions: 'Express 5.3.0 with cors 2.8.6' },
  fingerprints: ['express'],
  render,
};

function render(policy: CorsPolicy): Rendered {
  const maxAge = statedMaxAge(policy);
  // 1. The array form: the package then varies by origin on refusals, too. A string would name the origin to everyone.
  // 2. Two sets of options: the package answers every OPTIONS request and exposes headers to preflights.
  // 3. Empty arrays are stated: without `allowedHeaders` the package grants whatever a preflight asks for, and without
  //    `methods` it grants six of them.
  const snippet = [
    "import cors from 'cors';",
    '',
    '// Right after the app is created: before authentication, body parsers, redirects and routes.',
    'const corsOptions = {',
    `  origin: ${policy.origins === '*' ? "'*'" : arrayLiteral(policy.origins, '  ')},`,
    ...(policy.credentialed ? ['  credentials: true,'] : []),
    '};',
    'const preflightOptions = {',
    '  ...corsOptions,',
    `  methods: ${arrayLiteral(policy.methods, '  ')},`,
    `  allowedHeaders: ${arrayLiteral(policy.requestHeaders, '  ')},`,
    ...(maxAge === null ? [] : [`  maxAge: ${maxAge},`]),
    '};',
    'const responseOptions = {',
    '  ...corsOptions,',
    `  exposedHeaders: ${arrayLiteral(policy.exposedHeaders, '  ')},`,
    '  // An OPTIONS request that is no preflight goes on to the routes, without the headers of one.',
    '  preflightContinue: true,',
    '  methods: [],',
    '  allowedHeaders: [],',
    '};',
    '',
    'app.use(cors((request, callback) => {',
    "  const isPreflight = request.method === 'OPTIONS' && request.headers['access-control-request-method'];",
    '  callback(null, isPreflight ? preflightOptions : responseOptions);',
    '}));',
  ];
  return { ok: true, snippet: `${snippet.join('\n')}\n` };
}
