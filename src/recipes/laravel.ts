import type { CorsPolicy } from '../fix/cors-policy.ts';
import { grantStatements, isPreflight, originsConstant } from './http-foundation.ts';
import { refuseUnprintable } from './printable.ts';
import type { Recipe, Rendered } from './recipe.ts';

/** Laravel with a middleware, without a package from elsewhere. Laravel's HandleCors covers only the paths that config/cors.php names. */
export const laravel: Recipe = {
  id: 'laravel',
  title: 'Laravel',
  language: 'php',
  extension: 'php',
  docs: 'https://laravel.com/docs/middleware#global-middleware',
  where: 'Save it as app/Http/Middleware/Cors.php. Call $middleware->prepend(Cors::class) in bootstrap/app.php; before Laravel 11 name it first in $middleware of app/Http/Kernel.php.',
  first: null,
  pitfall: 'On a group of routes it is too late for preflights and for errors. What dd and echo print has none of these headers.',
  active: 'Run php artisan optimize:clear, and restart PHP-FPM or Octane.',
  log: null,
  proof: { kind: 'server', versions: 'Laravel 8.83 in PHP 8.2' },
  fingerprints: ['laravel'],
  render,
};

function render(policy: CorsPolicy): Rendered {
  const refused = refuseUnprintable(policy);
  if (refused !== null) return { ok: false, refused };
  const snippet = [
    '<?php',
    '',
    'namespace App\\Http\\Middleware;',
    '',
    'use Closure;',
    'use Illuminate\\Http\\Request;',
    'use Illuminate\\Http\\Response;',
    '',
    'class Cors',
    '{',
    ...originsConstant(policy),
    '    // Above all other middleware: it answers the preflight before the login and the routes.',
    '    public function handle(Request $request, Closure $next)',
    '    {',
    `        $isPreflight = ${isPreflight};`,
    "        $response = $isPreflight ? new Response('', 204) : $next($request);",
    ...grantStatements(policy),
    '        return $response;',
    '    }',
    '}',
  ];
  return { ok: true, snippet: `${snippet.join('\n')}\n` };
}
