import type { CorsPolicy } from '../fix/cors-policy.ts';
import { corsResponseHeaders, statedMaxAge } from '../fix/respond.ts';
import type { Recipe, Rendered } from './recipe.ts';

/** HAProxy 2.2 or later, in front of an application. */
export const haproxy: Recipe = {
  id: 'haproxy',
  title: 'HAProxy',
  language: 'haproxy',
  extension: 'cfg',
  docs: 'https://docs.haproxy.org/2.6/configuration.html#4.2-http-after-response',
  where: 'In the frontend, before every other http-request rule.',
  first: null,
  pitfall: 'With http-response the headers are missing from what HAProxy answers itself, such as 401 and 503. Keep http-after-response.',
  active: 'Run haproxy -c -f haproxy.cfg, then reload HAProxy.',
  log: 'log-format "%HM %HP %ST %[var(txn.cors_origin)]" in the frontend shows the origin that was allowed.',
  proof: { kind: 'server', versions: 'HAProxy 2.6' },
  fingerprints: [],
  render,
};

function render(policy: CorsPolicy): Rendered {
  const { origins, methods, requestHeaders, exposedHeaders } = policy;
  const lists = [methods.join(', '), requestHeaders.join(', '), exposedHeaders.join(', ')];
  const refused = (origins === '*' ? null : originRefusal(origins)) ?? refusal(lists);
  if (refused !== null) return { ok: false, refused };
  const maxAge = statedMaxAge(policy);
  const [ofMethods = '', ofHeaders = '', ofExposed = ''] = lists;
  const snippet = [
    '    # In the frontend, before every other http-request rule: before the login and the redirects.',
    ...(origins === '*' ? [] : [
      ...origins.map((origin) => `    acl cors_allowed req.fhdr(Origin) -m str "${origin}"`),
      '    http-request set-var(txn.cors_origin) req.fhdr(Origin) if cors_allowed',
    ]),
    '    # A preflight is OPTIONS with Access-Control-Request-Method. Any other OPTIONS request goes on to the application.',
    '    http-request set-var(txn.cors_preflight) bool(true) if METH_OPTIONS { req.fhdr(Access-Control-Request-Method) -m found }',
    '    http-request return status 204 if { var(txn.cors_preflight) -m bool }',
    '',
    '    # HAProxy alone sends these, whatever the application does, and also on its own errors.',
    ...corsResponseHeaders.map((header) => `    http-after-response del-header ${header}`),
    ...(origins === '*'
      ? ['    http-after-response set-header Access-Control-Allow-Origin "*"']
      : [
          '    http-after-response set-header Access-Control-Allow-Origin %[var(txn.cors_origin)] if { var(txn.cors_origin) -m found }',
          '    http-after-response add-header Vary Origin',
        ]),
    ...(policy.credentialed ? ['    http-after-response set-header Access-Control-Allow-Credentials "true"'] : []),
    ...set('Access-Control-Allow-Methods', ofMethods, 'if'),
    ...set('Access-Control-Allow-Headers', ofHeaders, 'if'),
    ...set('Access-Control-Max-Age', maxAge === null ? '' : String(maxAge), 'if'),
    ...set('Access-Control-Expose-Headers', ofExposed, 'unless'),
  ];
  return { ok: true, snippet: `${snippet.join('\n')}\n` };
}

const set = (header: string, value: string, condition: 'if' | 'unless'): readonly string[] =>
  value === '' ? [] : [`    http-after-response set-header ${header} ${text(value)} ${condition} { var(txn.cors_preflight) -m bool }`];

/** A quoted string, where `$` begins a variable of the environment and `%` an expression. */
const text = (value: string): string => `"${value.replaceAll('$', '\\$').replaceAll('%', '%%')}"`;

/** HAProxy keeps a kilobyte of its buffer free for headers that it adds. */
const longest = 800;

function refusal(lists: readonly string[]): string | null {
  if (lists.some((list) => /[^\x20-\x7e]|["\\]/.test(list))) return 'A value has characters that do not belong in an HAProxy configuration. Remove it from the policy.';
  return lists.join('').length > longest ? `The lists are longer than HAProxy has room for. Shorten them to less than ${longest} characters.` : null;
}

/** An origin also stands where `$`, quotes and backslashes have meanings of their own; no origin has them. */
const originRefusal = (origins: readonly string[]): string | null =>
  origins.every((origin) => /^[a-z][0-9a-z+.-]*:\/\/[0-9A-Za-z.:[\]_-]{1,253}$/.test(origin)) ? null : 'A value is not an origin. Write each one as scheme://host.';
