import type { CorsPolicy } from '../fix/cors-policy.ts';
import { corsPackageChoice, corsPackageOptions } from './cors-package.ts';
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
  const snippet = [
    "import cors from 'cors';",
    '',
    '// Right after the app is created: before authentication, body parsers, redirects and routes.',
    ...corsPackageOptions(policy),
    '',
    'app.use(cors((request, callback) => {',
    ...corsPackageChoice,
    '}));',
  ];
  return { ok: true, snippet: `${snippet.join('\n')}\n` };
}
