import type { CorsPolicy } from '../fix/cors-policy.ts';
import { corsResponseHeaders, statedMaxAge } from '../fix/respond.ts';
import { refuseUnprintable } from './printable.ts';
import type { Recipe, Rendered } from './recipe.ts';

/**
 * Envoy with its Lua filter. Its CORS filter leaves redirects, direct responses and its own 404 alone, sends no `Vary`,
 * lets through what an application answers to other origins, and repeats an origin where any is allowed.
 */
export const envoy: Recipe = {
  id: 'envoy',
  title: 'Envoy',
  language: 'yaml',
  extension: 'yaml',
  docs: 'https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/lua_filter',
  where: 'First under http_filters of the HTTP connection manager: before authentication and the router.',
  first: null,
  pitfall: 'A filter that stands above it answers preflights without these headers. Remove envoy.filters.http.cors and the cors of routes.',
  active: 'Run envoy --mode validate -c envoy.yaml, then restart Envoy. /config_dump of the admin interface must show these lines.',
  log: 'access_log with %REQ(ORIGIN)% %RESPONSE_CODE% %RESP(ACCESS-CONTROL-ALLOW-ORIGIN)% in its format.',
  proof: { kind: 'server', versions: 'Envoy 1.40.0' },
  fingerprints: ['envoy'],
  render,
};

function render(policy: CorsPolicy): Rendered {
  const refused = refuseUnprintable(policy);
  if (refused !== null) return { ok: false, refused };
  const { origins } = policy;
  const maxAge = statedMaxAge(policy);
  const ofPreflight = [
    ...list('access-control-allow-methods', policy.methods),
    ...list('access-control-allow-headers', policy.requestHeaders),
    ...list('access-control-max-age', maxAge === null ? [] : [String(maxAge)]),
  ];
  const ofResponse = list('access-control-expose-headers', policy.exposedHeaders);
  const script = [
    ...(origins === '*' ? [] : ['local cors_origins = {', ...origins.map((origin) => `  [${stringLiteral(origin)}] = true,`), '}', '']),
    'function envoy_on_request(request)',
    '  local headers = request:headers()',
    '  local metadata = request:streamInfo():dynamicMetadata()',
    ...(origins === '*' ? [] : [
      '  local origin = headers:get("origin")',
      '  if cors_origins[origin] then',
      '    metadata:set("cors", "origin", origin)',
      '  end',
    ]),
    '  -- Any other OPTIONS request goes on to the application.',
    '  if headers:get(":method") == "OPTIONS" and headers:get("access-control-request-method") then',
    '    metadata:set("cors", "preflight", true)',
    '    request:respond({ [":status"] = "204" })',
    '  end',
    'end',
    '',
    'function envoy_on_response(response)',
    '  local headers = response:headers()',
    '  local cors = response:streamInfo():dynamicMetadata():get("cors") or {}',
    '  -- Envoy alone sends these, whatever the application does, and also on its own errors.',
    ...corsResponseHeaders.map((header) => `  headers:remove("${header.toLowerCase()}")`),
    ...(origins === '*'
      ? [add('access-control-allow-origin', '*')]
      : [add('vary', 'Origin'), '  if cors.origin then', '    headers:add("access-control-allow-origin", cors.origin)', '  end']),
    ...(policy.credentialed ? [add('access-control-allow-credentials', 'true')] : []),
    ...(ofPreflight.length === 0 ? [] : ['  if cors.preflight then', ...ofPreflight, '  end']),
    ...(ofResponse.length === 0 ? [] : ['  if not cors.preflight then', ...ofResponse, '  end']),
    'end',
  ];
  const snippet = [
    '# First under http_filters.',
    '- name: cors',
    '  typed_config:',
    '    "@type": type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua',
    '    default_source_code:',
    '      inline_string: |',
    ...script.map((line) => (line === '' ? '' : `        ${line}`)),
  ];
  return { ok: true, snippet: `${snippet.join('\n')}\n` };
}

const add = (name: string, value: string): string => `  headers:add("${name}", ${stringLiteral(value)})`;

const list = (name: string, values: readonly string[]): readonly string[] => (values.length === 0 ? [] : [`  ${add(name, values.join(', '))}`]);

/** A Lua string literal of printable ASCII; YAML takes the lines of a block as they are. */
const stringLiteral = (value: string): string => `"${value.replace(/["\\]/g, '\\$&')}"`;
