import type { CorsPolicy } from '../fix/cors-policy.ts';
import { statedMaxAge } from '../fix/respond.ts';
import { arrayLiteral } from './javascript.ts';

/**
 * Two sets of options for the npm package `cors`, which Express and NestJS answer with.
 *
 * 1. The array form of `origin`: the package then varies by origin on refusals, too. A string would name the origin to everyone.
 * 2. Two sets of options: the package answers every OPTIONS request and exposes headers to preflights.
 * 3. Empty arrays are stated: without `allowedHeaders` the package grants whatever a preflight asks for, and without
 *    `methods` it grants six of them.
 */
export function corsPackageOptions(policy: CorsPolicy): readonly string[] {
  const maxAge = statedMaxAge(policy);
  return [
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
  ];
}

/** Chooses the options for a request: the body of the function that the package calls with it. */
export const corsPackageChoice: readonly string[] = [
  "  const isPreflight = request.method === 'OPTIONS' && request.headers['access-control-request-method'];",
  '  callback(null, isPreflight ? preflightOptions : responseOptions);',
];
