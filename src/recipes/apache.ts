import type { CorsPolicy } from '../fix/cors-policy.ts';
import { corsResponseHeaders, statedMaxAge } from '../fix/respond.ts';
import type { Recipe, Rendered } from './recipe.ts';

/** Apache httpd 2.4, in front of an application or alone. */
export const apache: Recipe = {
  id: 'apache',
  title: 'Apache httpd',
  language: 'apache',
  extension: 'conf',
  docs: 'https://httpd.apache.org/docs/2.4/mod/mod_headers.html',
  where: 'Inside the <VirtualHost>, before every other RewriteRule.',
  first: 'a2enmod headers rewrite setenvif',
  pitfall: 'In .htaccess or <Directory> rewriting runs after authentication, so a preflight would meet the login. Leave no other Header line for Access-Control-* there.',
  active: 'Run apachectl configtest, then apachectl graceful. apachectl -M must list headers_module, rewrite_module and setenvif_module.',
  log: 'LogFormat "%m %U %>s %{Origin}i -> %{Access-Control-Allow-Origin}o" cors, then CustomLog logs/cors.log cors.',
  proof: { kind: 'server', versions: 'Apache httpd 2.4' },
  fingerprints: ['apache'],
  render,
};

function render(policy: CorsPolicy): Rendered {
  const { origins, methods, requestHeaders, exposedHeaders } = policy;
  const refused = (origins === '*' ? null : originRefusal(origins)) ?? refusal([...methods, ...requestHeaders, ...exposedHeaders]);
  if (refused !== null) return { ok: false, refused };
  const maxAge = statedMaxAge(policy);
  const snippet = [
    '# Inside the <VirtualHost>, before every other RewriteRule.',
    '# Not in .htaccess or <Directory>: there rewriting runs after authentication.',
    '',
    '# Apache alone sends these, whatever the application does.',
    ...corsResponseHeaders.flatMap((header) => [`Header unset ${header}`, `Header always unset ${header}`]),
    '',
    '# "always" covers error responses, too.',
    ...(origins === '*'
      ? ['Header always set Access-Control-Allow-Origin "*"']
      : [...origins.map(setOrigin), 'Header always merge Vary "Origin"']),
    ...(policy.credentialed ? ['Header always set Access-Control-Allow-Credentials "true"'] : []),
    '',
    '# A preflight is OPTIONS with Access-Control-Request-Method. Any other OPTIONS request goes on to the application.',
    `SetEnvIfExpr "%{REQUEST_METHOD} == 'OPTIONS' && -n req_novary('Access-Control-Request-Method')" CORS_PREFLIGHT`,
    ...setList('Access-Control-Allow-Methods', methods, 'CORS_PREFLIGHT'),
    ...setList('Access-Control-Allow-Headers', requestHeaders, 'CORS_PREFLIGHT'),
    ...setList('Access-Control-Max-Age', maxAge === null ? [] : [String(maxAge)], 'CORS_PREFLIGHT'),
    ...setList('Access-Control-Expose-Headers', exposedHeaders, '!CORS_PREFLIGHT'),
    '',
    'RewriteEngine On',
    'RewriteCond %{ENV:CORS_PREFLIGHT} =1',
    'RewriteRule ^ - [R=204,L]',
  ];
  return { ok: true, snippet: `${snippet.join('\n')}\n` };
}

/** `req_novary`, because `Vary` must not depend on whether an expression was reached. */
const setOrigin = (origin: string): string =>
  `Header always set Access-Control-Allow-Origin ${value(origin)} ${quoted(`expr=req_novary('Origin') == '${origin}'`)}`;

const setList = (header: string, values: readonly string[], condition: string): readonly string[] =>
  values.length === 0 ? [] : [`Header always set ${header} ${value(values.join(', '))} env=${condition}`];

const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;

/** The value of a Header directive, where `%` begins a format specifier. */
const value = (text: string): string => quoted(text.replaceAll('%', '%%'));

function refusal(values: readonly string[]): string | null {
  for (const value of values) {
    // Two things no quoting takes back: `${…}` is expanded before a line is parsed, and a value that begins with `expr=` is an expression.
    if (/[^\x20-\x7e]|\$\{/.test(value) || value.startsWith('expr=')) {
      return 'A value has characters that do not belong in an Apache configuration. Remove it from the policy.';
    }
  }
  return null;
}

/** An origin also stands inside an expression, where quotes, `%`, `$` and `\` have meanings of their own; no origin has them. */
function originRefusal(origins: readonly string[]): string | null {
  return origins.every((origin) => /^[0-9A-Za-z+.:/[\]_-]+$/.test(origin)) ? null : 'A value is not an origin. Write each one as scheme://host.';
}
