import type { CorsPolicy } from '../fix/cors-policy.ts';
import { statedMaxAge } from '../fix/respond.ts';
import { refuseUnprintable } from './printable.ts';
import type { Recipe, Rendered } from './recipe.ts';
import { yamlList } from './yaml.ts';

/** Kong Gateway with its plugin `cors`, which leaves `Vary` out of what it refuses; a second plugin adds it. */
export const kong: Recipe = {
  id: 'kong',
  title: 'Kong Gateway',
  language: 'yaml',
  extension: 'yaml',
  docs: 'https://developer.konghq.com/plugins/cors/reference/',
  where: 'In the declarative configuration: at its top for every route, or under a service or a route.',
  first: null,
  pitfall: 'A route that names methods must name OPTIONS, too, or Kong answers the preflight with 404. The application must send no Access-Control headers of its own.',
  active: 'Run deck gateway sync, or kong config parse and kong reload. /plugins of the Admin API must list cors.',
  log: 'The plugin file-log writes request.headers.origin and response.headers of every request.',
  proof: { kind: 'not-on-the-server', checkedWith: 'a YAML parser and the fields that the plugin documents' },
  fingerprints: ['kong'],
  render,
};

function render(policy: CorsPolicy): Rendered {
  const { origins } = policy;
  const refused = refuseUnprintable(policy) ?? refusal(policy);
  if (refused !== null) return { ok: false, refused };
  const maxAge = statedMaxAge(policy);
  const indent = '      ';
  const snippet = [
    'plugins:',
    '  - name: cors',
    '    config:',
    ...yamlList(indent, 'origins', origins === '*' ? ['*'] : origins),
    ...(policy.credentialed ? [`${indent}credentials: true`] : []),
    `${indent}# No list would grant every method.`,
    ...yamlList(indent, 'methods', [...new Set(['GET', 'HEAD', 'POST', ...policy.methods])]),
    `${indent}# No list would grant every header; Origin needs no grant.`,
    ...yamlList(indent, 'headers', ['Origin', ...policy.requestHeaders]),
    ...yamlList(indent, 'exposed_headers', policy.exposedHeaders),
    ...(maxAge === null ? [] : [`${indent}max_age: ${maxAge}`]),
    ...(origins === '*' ? [] : [
      '  # Also for an origin that is refused: a cache must not replay that response to another.',
      '  - name: response-transformer',
      '    config:',
      `${indent}append:`,
      ...yamlList(`${indent}  `, 'headers', ['Vary:Origin']),
    ]),
  ];
  return { ok: true, snippet: `${snippet.join('\n')}\n` };
}

/** The methods that the plugin knows. */
const known = ['CONNECT', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT', 'TRACE'];

function refusal({ origins, methods, requestHeaders, exposedHeaders }: CorsPolicy): string | null {
  if (origins !== '*' && !origins.every((origin) => /^[a-z][0-9a-z.-]*:\/\/[0-9a-z.:-]+$/.test(origin))) {
    return 'Kong takes a value with other characters than those of scheme://host:port for a pattern. Remove it from the origins.';
  }
  if (!methods.every((method) => known.includes(method))) return `Kong knows no other method than ${known.join(', ')}. Remove the others.`;
  // deck and Kong read their own expressions there.
  return [...requestHeaders, ...exposedHeaders].some((name) => name === '*' || name.includes('{'))
    ? 'A header name has a meaning of its own in Kong. Remove it from the policy.'
    : null;
}
