import type { CorsPolicy } from '../fix/cors-policy.ts';
import { statedMaxAge } from '../fix/respond.ts';
import type { Recipe, Rendered } from './recipe.ts';

/** Caddy 2, in front of an application or alone. */
export const caddy: Recipe = {
  id: 'caddy',
  title: 'Caddy',
  language: 'caddyfile',
  extension: 'caddyfile',
  docs: 'https://caddyserver.com/docs/caddyfile/directives/header',
  where: 'Part 1 goes to the top of the Caddyfile, part 2 into the site block. Move what the site does into its last handle block.',
  first: null,
  pitfall: 'Caddy runs respond after basic_auth and redir, whatever their order in the file. So those belong into the last handle block.',
  active: 'Run caddy validate, then caddy reload. caddy adapt --pretty must print these headers.',
  log: 'Add log to the site block. Its entries have request.headers.Origin and resp_headers.',
  proof: { kind: 'server', versions: 'Caddy 2.6' },
  fingerprints: ['caddy'],
  render,
};

function render(policy: CorsPolicy): Rendered {
  const { origins, methods, requestHeaders, exposedHeaders } = policy;
  const refused = (origins === '*' ? null : originRefusal(origins)) ?? refusal([...methods, ...requestHeaders, ...exposedHeaders]);
  if (refused !== null) return { ok: false, refused };
  const maxAge = statedMaxAge(policy);
  const ofPreflight = [
    ['Access-Control-Allow-Methods', methods.join(', ')],
    ['Access-Control-Allow-Headers', requestHeaders.join(', ')],
    ['Access-Control-Max-Age', maxAge === null ? '' : String(maxAge)],
  ] as const;
  const ofResponse = [['Access-Control-Expose-Headers', exposedHeaders.join(', ')]] as const;

  const snippet = [
    '# 1. At the top of the Caddyfile, after its global options. Caddy alone sends these headers, whatever the application does.',
    '',
    '(cors) {',
    ...(origins === '*'
      ? header('', [['Access-Control-Allow-Origin', '*']])
      : [
          ...header('@cors_allowed ', [['Access-Control-Allow-Origin', '{http.request.header.Origin}']]),
          ...header('@cors_refused ', [['Access-Control-Allow-Origin', '']]),
          '\theader {',
          '\t\t+Vary Origin',
          '\t\tdefer',
          '\t}',
        ]),
    ...header('', [['Access-Control-Allow-Credentials', policy.credentialed ? 'true' : '']]),
    ...header('@cors_preflight ', [...ofPreflight, ['Access-Control-Expose-Headers', '']]),
    ...header('@cors_response ', [...ofPreflight.map(([name]) => [name, ''] as const), ...ofResponse]),
    '}',
    '',
    '# 2. In the site block.',
    '',
    ...(origins === '*' ? [] : [...origin('@cors_allowed', '', origins), ...origin('@cors_refused', 'not ', origins)]),
    '# A preflight is OPTIONS with Access-Control-Request-Method. Any other OPTIONS request goes on to the application.',
    ...preflight('@cors_preflight', ''),
    ...preflight('@cors_response', 'not '),
    'import cors',
    'handle @cors_preflight {',
    '\trespond 204',
    '}',
    'handle {',
    '\t# Everything else that the site does: logins, redirects, reverse_proxy, file_server.',
    '}',
    '# Errors are made apart from the rest: a login that is missing, an application that is down.',
    'handle_errors {',
    '\timport cors',
    '\trespond "{http.error.status_code} {http.error.status_text}"',
    '}',
  ];
  return { ok: true, snippet: `${snippet.join('\n')}\n` };
}

/** Deferred: set when the response is written, in the place of what the application sends. */
const header = (matcher: string, values: readonly (readonly [name: string, value: string])[]): readonly string[] => [
  `\theader ${matcher}{`,
  ...values.map(([name, value]) => (value === '' ? `\t\t-${name}` : `\t\t${name} "${value}"`)),
  '\t\tdefer',
  '\t}',
];

const origin = (matcher: string, not: string, origins: readonly string[]): readonly string[] =>
  block(matcher, not, origins.map((origin) => `header Origin "${origin}"`));

const preflight = (matcher: string, not: string): readonly string[] => block(matcher, not, ['method OPTIONS', 'header Access-Control-Request-Method *']);

const block = (matcher: string, not: string, lines: readonly string[]): readonly string[] =>
  not === '' ? [`${matcher} {`, ...lines.map((line) => `\t${line}`), '}'] : [`${matcher} {`, '\tnot {', ...lines.map((line) => `\t\t${line}`), '\t}', '}'];

/** Within quotes Caddy has no escape for a backslash, and replaces what stands in braces. */
const refusal = (values: readonly string[]): string | null =>
  values.every((value) => /^[\x20-\x7e]*$/.test(value) && !/["\\{}]/.test(value))
    ? null
    : 'A value has characters that do not belong in a Caddyfile. Remove it from the policy.';

/** An asterisk at an end of an origin would match every beginning or end. */
const originRefusal = (origins: readonly string[]): string | null =>
  origins.every((origin) => /^[a-z][0-9a-z+.-]*:\/\/[0-9A-Za-z.:[\]_-]+$/.test(origin)) ? null : 'A value is not an origin. Write each one as scheme://host.';
