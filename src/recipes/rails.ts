import type { CorsPolicy } from '../fix/cors-policy.ts';
import { statedMaxAge } from '../fix/respond.ts';
import { refuseUnprintable } from './printable.ts';
import type { Recipe, Rendered } from './recipe.ts';

/** Rails with the gem rack-cors. */
export const rails: Recipe = {
  id: 'rails',
  title: 'Rails',
  language: 'ruby',
  extension: 'rb',
  docs: 'https://github.com/cyu/rack-cors#configuration-reference',
  where: 'Save it as config/initializers/cors.rb, in place of what is there.',
  first: 'bundle add rack-cors',
  pitfall: 'Middleware above Rack::Cors answers preflights and errors without these headers. A header that a controller sets wins over the one here.',
  active: 'Restart the server. bin/rails middleware must list Rack::Cors first.',
  log: 'Rack::Cors, debug: true in place of Rack::Cors logs each decision, and sends it as X-Rack-CORS.',
  proof: { kind: 'server', versions: 'Rails 6.1 with rack-cors 1.1.1' },
  fingerprints: ['rails'],
  render,
};

/** The browsers' default, in seconds. The gem has one of two hours. */
const defaultMaxAge = 5;

function render(policy: CorsPolicy): Rendered {
  const { origins, methods, requestHeaders, exposedHeaders } = policy;
  const refused = refuseUnprintable(policy)
    ?? (methods.every((method) => method === method.toUpperCase()) ? null : 'rack-cors takes every method for upper case. Remove the others from the policy.');
  if (refused !== null) return { ok: false, refused };
  const options = [
    '# The gem turns down every other method, so the first three stand here, too.',
    `methods: ${arrayLiteral([...new Set(['GET', 'HEAD', 'POST', ...methods])].map((method) => method.toLowerCase()), '      ')},`,
    'headers: cors_headers,',
    ...(exposedHeaders.length === 0 ? [] : [`expose: ${arrayLiteral(exposedHeaders, '      ')},`]),
    ...(policy.credentialed ? ['credentials: true,'] : []),
    `max_age: ${statedMaxAge(policy) ?? defaultMaxAge},`,
    '# The gem grants Content-Type to everyone. This grants what is listed.',
    "if: ->(env) { env['HTTP_ACCESS_CONTROL_REQUEST_HEADERS'].to_s.downcase.split(/,\\s*/).all? { |name| cors_headers.include?(name) } }",
  ];
  const snippet = [
    ...(origins === '*' ? [] : [`cors_origins = ${arrayLiteral(origins, '')}`]),
    `cors_headers = ${arrayLiteral(requestHeaders, '')}`,
    '',
    '# Above everything else: also above what redirects, answers errors or asks for a login.',
    'Rails.application.config.middleware.insert_before 0, Rack::Cors do',
    '  allow do',
    origins === '*' ? "    origins '*'" : '    origins { |origin, _env| cors_origins.include?(origin) }',
    "    resource '*',",
    ...options.map((option) => `      ${option}`),
    '  end',
    'end',
  ];
  return { ok: true, snippet: `${snippet.join('\n')}\n` };
}

/** Between single quotes Ruby expands nothing, and knows two escapes. */
const stringLiteral = (value: string): string => `'${value.replace(/['\\]/g, '\\$&')}'`;

/** On one line while that is readable, else one to a line, indented by two spaces more. */
function arrayLiteral(values: readonly string[], indent: string): string {
  const items = values.map(stringLiteral);
  const line = `[${items.join(', ')}]`;
  return line.length <= 80 ? line : `[\n${items.map((item) => `${indent}  ${item},\n`).join('')}${indent}]`;
}
