import type { CorsPolicy } from '../fix/cors-policy.ts';
import { corsResponseHeaders, statedMaxAge } from '../fix/respond.ts';
import type { Recipe, Rendered } from './recipe.ts';

/** nginx, in front of an application or alone. */
export const nginx: Recipe = {
  id: 'nginx',
  title: 'nginx',
  language: 'nginx',
  extension: 'conf',
  docs: 'https://nginx.org/en/docs/http/ngx_http_headers_module.html',
  where: 'Part 1 goes to the top of the http block, part 2 first into the server block, before any return or rewrite.',
  first: null,
  pitfall: 'A location with an add_header of its own inherits none of the server block. Repeat the add_header lines there, best with include.',
  active: 'Run nginx -t, then nginx -s reload. nginx -T must print these lines.',
  log: "log_format cors '$request_method $uri $status $http_origin -> $sent_http_access_control_allow_origin'; then access_log logs/cors.log cors;",
  proof: { kind: 'server', versions: 'nginx 1.22' },
  fingerprints: ['nginx', 'openresty'],
  render,
};

function render(policy: CorsPolicy): Rendered {
  const { origins, methods, requestHeaders, exposedHeaders } = policy;
  const refused = (origins === '*' ? null : originRefusal(origins))
    ?? refusal([...origins, methods.join(', '), requestHeaders.join(', '), exposedHeaders.join(', ')]);
  if (refused !== null) return { ok: false, refused };
  const maxAge = statedMaxAge(policy);

  // Which of the two responses has a header, and what it says there.
  const perResponse: readonly (readonly [header: string, variable: string, preflight: 0 | 1, value: string])[] = [
    ['Access-Control-Allow-Methods', '$cors_allow_methods', 1, methods.join(', ')],
    ['Access-Control-Allow-Headers', '$cors_allow_headers', 1, requestHeaders.join(', ')],
    ['Access-Control-Max-Age', '$cors_max_age', 1, maxAge === null ? '' : String(maxAge)],
    ['Access-Control-Expose-Headers', '$cors_expose_headers', 0, exposedHeaders.join(', ')],
  ];
  const granted = perResponse.filter(([, , , value]) => value !== '');

  const http = [
    '# 1. At the top of the http block, before its other map and server blocks.',
    '',
    ...([...origins, ...granted.map(([, , , value]) => value)].some((value) => value.includes('$')) ? [defineDollar, ''] : []),
    ...(origins === '*' ? [] : [...bucketSize(origins), ...originMap(origins), '']),
    '# A preflight is OPTIONS with Access-Control-Request-Method. Any other OPTIONS request goes on to the application.',
    'map "$request_method $http_access_control_request_method" $cors_preflight {',
    '    default       0;',
    '    "~^OPTIONS ." 1;',
    '}',
    ...granted.map(([, variable, preflight, value]) => `map $cors_preflight ${variable} { ${preflight} ${text(value)}; }`),
  ];
  const server = [
    '# 2. First in the server block, before any return or rewrite.',
    '#    A block with an add_header of its own inherits none: repeat these lines in such a location,',
    '#    and the add_header lines of the http block here.',
    '',
    '# "always" covers error responses, too; nginx omits a header whose value is empty.',
    `add_header Access-Control-Allow-Origin ${origins === '*' ? '*' : '$cors_origin'} always;`,
    ...(origins === '*' ? [] : ['add_header Vary Origin always;']),
    ...(policy.credentialed ? ['add_header Access-Control-Allow-Credentials true always;'] : []),
    ...granted.map(([header, variable]) => `add_header ${header} ${variable} always;`),
    '',
    '# nginx alone sends these, whatever the application does. With fastcgi_pass write fastcgi_hide_header.',
    ...corsResponseHeaders.map((header) => `proxy_hide_header ${header};`),
    '',
    '# In the server block this comes before authentication and before the redirects of a location.',
    'if ($cors_preflight) {',
    '    return 204;',
    '}',
  ];
  return { ok: true, snippet: `${[...http, '', ...server].join('\n')}\n` };
}

/** The value is written out: the header then never repeats what a request sent. */
const originMap = (origins: readonly string[]): readonly string[] => [
  'map $http_origin $cors_origin {',
  ...origins.map((origin) => `    ${quoted(origin)} ${text(origin)};`),
  '}',
];

/** nginx has no escape for `$` where it expands variables, but leaves the values of a geo block alone. */
const dollar = '${cors_dollar}';
const defineDollar = 'geo $cors_dollar { default "$"; }';

/** A quoted string where nginx expands nothing: on the left of a map. */
const quoted = (value: string): string => `"${value.replace(/["\\]/g, '\\$&')}"`;

/** A quoted string where nginx expands variables. */
const text = (value: string): string => quoted(value).replaceAll('$', () => dollar);

/** nginx reads its configuration through a buffer of 4096 bytes, which one parameter must fit in. */
const longestParameter = 4000;

function refusal(values: readonly string[]): string | null {
  for (const value of values) {
    if (/[^\x20-\x7e]/.test(value)) return 'A value has characters that do not belong in an nginx configuration. Remove it from the policy.';
    if (text(value).length > longestParameter) return 'A list is longer than nginx can read in one directive. Shorten it to less than 4,000 characters.';
  }
  return null;
}

/** On the left of a map a leading `~` or `\` and words such as `default` have a meaning; nothing that begins as an origin does. */
function originRefusal(origins: readonly string[]): string | null {
  return origins.every((origin) => /^[a-z][0-9a-z+.-]*:\/\//.test(origin)) ? null : 'A value is not an origin. Write each one as scheme://host.';
}

/**
 * A bucket of the map's hash holds two pointers beside the key with its length, aligned: by default 46 bytes of key, and
 * nginx does not start with a longer one.
 */
function bucketSize(origins: readonly string[]): readonly string[] {
  const longest = Math.max(0, ...origins.map((origin) => origin.length));
  const needed = Math.ceil((longest + 2) / 8) * 8 + 16;
  let size = 64;
  while (size < needed) size *= 2;
  return size === 64
    ? []
    : ['# For the longest origin. If your configuration has this directive, raise it there instead.', `map_hash_bucket_size ${size};`, ''];
}
