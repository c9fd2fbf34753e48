import type { CorsPolicy } from '../fix/cors-policy.ts';
import { corsResponseHeaders, statedMaxAge } from '../fix/respond.ts';
import type { Recipe, Rendered } from './recipe.ts';

/** lighttpd 1.4, in front of an application or alone. */
export const lighttpd: Recipe = {
  id: 'lighttpd',
  title: 'lighttpd',
  language: 'lighttpd',
  extension: 'conf',
  docs: 'https://redmine.lighttpd.net/projects/lighttpd/wiki/Docs_ModSetEnv',
  where: 'At the end of lighttpd.conf. List mod_setenv and mod_redirect in server.modules before mod_auth.',
  first: null,
  pitfall: 'Of several blocks that set setenv.set-response-header or url.redirect, only the last that matches counts. To its own 413 lighttpd adds no header: leave the limit to the application.',
  active: 'Run lighttpd -tt -f lighttpd.conf, then restart lighttpd. lighttpd -p -f lighttpd.conf must print these lists.',
  log: 'accesslog.format = "%m %U %s %{Origin}i %{Access-Control-Allow-Origin}o" with mod_accesslog.',
  proof: { kind: 'server', versions: 'lighttpd 1.4' },
  fingerprints: ['lighttpd'],
  render,
};

function render(policy: CorsPolicy): Rendered {
  const { origins, methods, requestHeaders, exposedHeaders } = policy;
  const refused = (origins === '*' ? null : originRefusal(origins)) ?? refusal([...methods, ...requestHeaders, ...exposedHeaders]);
  if (refused !== null) return { ok: false, refused };
  const maxAge = statedMaxAge(policy);
  const always: Readonly<Record<string, string>> = policy.credentialed ? { 'Access-Control-Allow-Credentials': 'true' } : {};
  const ofPreflight: Readonly<Record<string, string>> = {
    ...always,
    ...(methods.length === 0 ? {} : { 'Access-Control-Allow-Methods': methods.join(', ') }),
    ...(requestHeaders.length === 0 ? {} : { 'Access-Control-Allow-Headers': requestHeaders.join(', ') }),
    ...(maxAge === null ? {} : { 'Access-Control-Max-Age': String(maxAge) }),
  };
  const ofResponse: Readonly<Record<string, string>> = {
    ...always,
    ...(exposedHeaders.length === 0 ? {} : { 'Access-Control-Expose-Headers': exposedHeaders.join(', ') }),
  };
  const snippet = [
    '# At the end of lighttpd.conf: of several blocks that match, the last one counts.',
    '# lighttpd alone sends these headers: an empty value removes what the application sends.',
    ...list('var.cors_preflight', ofPreflight),
    ...list('var.cors_response', ofResponse),
    ...(origins === '*' ? [] : ['', 'setenv.add-response-header += ( "Vary" => "Origin" )']),
    '',
    ...perOrigin(origins, 'var.cors_response', ''),
    '',
    '# A preflight is OPTIONS with Access-Control-Request-Method. Any other OPTIONS request goes on to the application.',
    '$HTTP["request-method"] == "OPTIONS" {',
    '    $REQUEST_HEADER["Access-Control-Request-Method"] =~ "." {',
    '        # Answers at once, before mod_auth.',
    '        url.redirect = ( "" => "/" )',
    '        url.redirect-code = 204',
    ...perOrigin(origins, 'var.cors_preflight', '        '),
    '    }',
    '}',
  ];
  return { ok: true, snippet: `${snippet.join('\n')}\n` };
}

/** Every header but Access-Control-Allow-Origin: lighttpd refuses to add a name that a list already has. */
const list = (name: string, headers: Readonly<Record<string, string>>): readonly string[] => [
  `${name} = (`,
  ...corsResponseHeaders.filter((header) => header !== 'Access-Control-Allow-Origin').map((header) => `    "${header}" => "${headers[header] ?? ''}",`),
  ')',
];

/** The value is written out: lighttpd cannot repeat what a request sent. */
const perOrigin = (origins: CorsPolicy['origins'], name: string, indent: string): readonly string[] => [
  `${indent}setenv.set-response-header = ${name} + ( "Access-Control-Allow-Origin" => "${origins === '*' ? '*' : ''}" )`,
  ...(origins === '*' ? [] : origins.flatMap((origin) => [
    `${indent}$REQUEST_HEADER["Origin"] == "${origin}" {`,
    `${indent}    setenv.set-response-header = ${name} + ( "Access-Control-Allow-Origin" => "${origin}" )`,
    `${indent}}`,
  ])),
];

const refusal = (values: readonly string[]): string | null =>
  values.every((value) => /^[\x20-\x7e]*$/.test(value) && !/["\\]/.test(value))
    ? null
    : 'A value has characters that do not belong in a lighttpd configuration. Remove it from the policy.';

const originRefusal = (origins: readonly string[]): string | null =>
  origins.every((origin) => /^[a-z][0-9a-z+.-]*:\/\/[0-9A-Za-z.:[\]_-]+$/.test(origin)) ? null : 'A value is not an origin. Write each one as scheme://host.';
