import type { CorsPolicy } from '../fix/cors-policy.ts';
import { corsResponseHeaders, statedMaxAge } from '../fix/respond.ts';
import { phpArray, phpString } from './php-text.ts';

/** The constant that `grantStatements` compares with. */
export const originsConstant = ({ origins }: CorsPolicy): readonly string[] =>
  origins === '*' ? [] : [`    private const ORIGINS = ${phpArray(origins, '    ')};`, ''];

/** The expression that tells whether `$request` of Symfony's HttpFoundation is a preflight. */
export const isPreflight = "$request->getRealMethod() === 'OPTIONS' && $request->headers->has('Access-Control-Request-Method')";

/** The statements of a method that grant the policy on `$response`, given `$request` and `$isPreflight`: for Symfony, and for Laravel, which is built on its HttpFoundation. */
export function grantStatements(policy: CorsPolicy): readonly string[] {
  const maxAge = statedMaxAge(policy);
  const ofPreflight = [
    ...setList('Access-Control-Allow-Methods', policy.methods),
    ...setList('Access-Control-Allow-Headers', policy.requestHeaders),
    ...setList('Access-Control-Max-Age', maxAge === null ? [] : [String(maxAge)]),
  ];
  const ofResponse = setList('Access-Control-Expose-Headers', policy.exposedHeaders);
  return [
    '        // This alone sends these, whatever a controller or a package does.',
    `        foreach (${phpArray(corsResponseHeaders, '        ')} as $header) {`,
    '            $response->headers->remove($header);',
    '        }',
    ...(policy.origins === '*'
      ? ["        $response->headers->set('Access-Control-Allow-Origin', '*');"]
      : [
          '        // Also for an origin that is refused: a cache must not replay that response to another.',
          "        $response->setVary('Origin', false);",
          "        if (in_array($request->headers->get('Origin'), self::ORIGINS, true)) {",
          "            $response->headers->set('Access-Control-Allow-Origin', $request->headers->get('Origin'));",
          '        }',
        ]),
    ...(policy.credentialed ? ["        $response->headers->set('Access-Control-Allow-Credentials', 'true');"] : []),
    ...(ofPreflight.length === 0 ? [] : ['        if ($isPreflight) {', ...ofPreflight, '        }']),
    ...(ofResponse.length === 0 ? [] : ['        if (!$isPreflight) {', ...ofResponse, '        }']),
  ];
}

const setList = (name: string, values: readonly string[]): readonly string[] =>
  values.length === 0 ? [] : [`            $response->headers->set('${name}', ${phpString(values.join(', '))});`];
