import type { CorsPolicy } from '../fix/cors-policy.ts';
import { corsResponseHeaders, statedMaxAge } from '../fix/respond.ts';
import { refuseUnprintable } from './printable.ts';
import type { Recipe, Rendered } from './recipe.ts';
import { yamlList } from './yaml.ts';

/** Traefik with its headers middleware, which first removes what the application sends and then answers itself. */
export const traefik: Recipe = {
  id: 'traefik',
  title: 'Traefik',
  language: 'yaml',
  extension: 'yaml',
  docs: 'https://doc.traefik.io/traefik/reference/routing-configuration/http/middlewares/headers/#cors-headers',
  where: 'In a file of the file provider. Name cors@file first among the middlewares of every router, or of the entry point.',
  first: null,
  pitfall: 'A middleware that a router names earlier, such as a login, meets the preflight. Where no router matches, the 404 of Traefik stays without these headers.',
  active: 'The dashboard must show cors@file, and show it first at each router.',
  log: 'accessLog with format: json and fields.headers.defaultMode: keep logs request_Origin and downstream_Access-Control-Allow-Origin.',
  proof: { kind: 'server', versions: 'the file provider, router rules and middlewares of Traefik 3.6.12' },
  fingerprints: [],
  render,
};

function render(policy: CorsPolicy): Rendered {
  const { origins } = policy;
  const refused = refuseUnprintable(policy) ?? refusal(policy);
  if (refused !== null) return { ok: false, refused };
  const maxAge = statedMaxAge(policy);
  const indent = '        ';
  const snippet = [
    'http:',
    '  middlewares:',
    '    cors:',
    '      headers:',
    `${indent}# Traefik alone sends these, whatever the application does.`,
    `${indent}customResponseHeaders:`,
    ...corsResponseHeaders.map((header) => `${indent}  ${header}: ""`),
    ...yamlList(indent, 'accessControlAllowOriginList', origins === '*' ? ['*'] : origins),
    ...(origins === '*' ? [] : [`${indent}addVaryHeader: true`]),
    ...(policy.credentialed ? [`${indent}accessControlAllowCredentials: true`] : []),
    ...yamlList(indent, 'accessControlAllowMethods', policy.methods),
    ...yamlList(indent, 'accessControlAllowHeaders', policy.requestHeaders),
    ...yamlList(indent, 'accessControlExposeHeaders', policy.exposedHeaders),
    ...(maxAge === null ? [] : [`${indent}accessControlMaxAge: ${maxAge}`]),
  ];
  return { ok: true, snippet: `${snippet.join('\n')}\n` };
}

/** Before Traefik reads its files as YAML it runs them as Go templates, and afterwards it trims the values of a list. */
function refusal({ origins, methods, requestHeaders, exposedHeaders }: CorsPolicy): string | null {
  const values = [...origins === '*' ? [] : origins, ...methods, ...requestHeaders, ...exposedHeaders];
  if (values.includes('*')) return 'Traefik takes * for everything. Name each value.';
  return values.some((value) => /\{\{|^ | $/.test(value)) ? 'A value has characters that do not belong in a file of Traefik. Remove it from the policy.' : null;
}
