import type { CorsPolicy } from '../fix/cors-policy.ts';
import { statedMaxAge } from '../fix/respond.ts';
import { arrayLiteral } from './javascript.ts';
import type { Recipe, Rendered } from './recipe.ts';

/** Fastify with its own plugin for CORS, `@fastify/cors`. */
export const fastify: Recipe = {
  id: 'fastify',
  title: 'Fastify',
  language: 'javascript',
  extension: 'js',
  docs: 'https://github.com/fastify/fastify-cors',
  where: 'Right after the app is created, before every other plugin, hook and route.',
  first: 'npm install @fastify/cors',
  pitfall: 'A later reply.header(\'Vary\', …) replaces what Vary says. Add Origin to it there.',
  active: 'Restart the application. app.printPlugins() must list @fastify/cors first.',
  log: null,
  proof: { kind: 'server', versions: 'Fastify 5.12.8 with @fastify/cors 11.4.3' },
  fingerprints: [],
  render,
};

function render(policy: CorsPolicy): Rendered {
  if (policy.origins !== '*' && policy.origins.includes('*')) return { ok: false, refused: 'The plugin takes * for every origin. Name each one.' };
  const maxAge = statedMaxAge(policy);
  // 1. The array form: a string would name the origin to everyone.
  // 2. Two sets of options: the plugin takes every OPTIONS request for a preflight.
  // 3. Empty arrays are stated: without `allowedHeaders` the plugin grants whatever a preflight asks for.
  const snippet = [
    "import cors from '@fastify/cors';",
    '',
    '// Right after the app is created: before every other plugin, hook and route.',
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
    ...(policy.exposedHeaders.length === 0 ? [] : [`  exposedHeaders: ${arrayLiteral(policy.exposedHeaders, '  ')},`]),
    '  // An OPTIONS request that is no preflight goes on to the routes.',
    '  preflight: false,',
    '};',
    '',
    'await app.register(cors, {',
    '  delegator: (request, callback) => {',
    "    const isPreflight = request.method === 'OPTIONS' && request.headers['access-control-request-method'];",
    '    callback(null, isPreflight ? preflightOptions : responseOptions);',
    '  },',
    '});',
  ];
  return { ok: true, snippet: `${snippet.join('\n')}\n` };
}
