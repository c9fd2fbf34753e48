import type { CorsPolicy } from '../fix/cors-policy.ts';
import { statedMaxAge } from '../fix/respond.ts';
import { refuseUnprintable } from './printable.ts';
import type { Recipe, Rendered } from './recipe.ts';
import { rustStrings } from './rust.ts';

/** Axum with the `CorsLayer` of tower-http, which answers every OPTIONS request itself, be it a preflight or not. */
export const axum: Recipe = {
  id: 'axum',
  title: 'Axum with tower-http',
  language: 'rust',
  extension: 'rs',
  docs: 'https://docs.rs/tower-http/0.7/tower_http/cors/struct.CorsLayer.html',
  where: 'Save it as cors.rs beside main.rs. Add the layer to the router last, after every route, fallback and other layer.',
  first: 'cargo add tower-http --features cors',
  pitfall: 'A layer that is added later runs earlier, and one of a nested router misses what the outer one answers. The layer leaves no OPTIONS request to the routes.',
  active: 'Build and restart the server. cargo tree -i tower-http must print the package.',
  log: null,
  proof: { kind: 'server', versions: 'Axum 0.8.9 with tower-http 0.7.1' },
  fingerprints: [],
  render,
};

function render(policy: CorsPolicy): Rendered {
  const { origins, methods, requestHeaders, exposedHeaders } = policy;
  const refused = refuseUnprintable(policy) ?? refusal(policy);
  if (refused !== null) return { ok: false, refused };
  const maxAge = statedMaxAge(policy);
  const headerNames = (name: string, values: readonly string[]): readonly string[] =>
    values.length === 0 ? [] : [`        .${name}(${rustStrings(values, '        ')}.map(HeaderName::from_static))`];
  const imports = [
    ...(requestHeaders.length + exposedHeaders.length > 0 ? ['HeaderName'] : []),
    ...(origins === '*' ? [] : ['HeaderValue']),
    ...(methods.length === 0 ? [] : ['Method']),
  ];
  const snippet = [
    ...(maxAge === null ? [] : ['use std::time::Duration;', '']),
    ...(imports.length === 0 ? [] : [`use axum::http::${imports.length === 1 ? imports.join() : `{${imports.join(', ')}}`};`]),
    `use tower_http::cors::${origins === '*' ? '{Any, CorsLayer}' : 'CorsLayer'};`,
    '',
    '/// The last layer of the router, and so around every other one:',
    '/// `router.layer(cors::cors())`',
    'pub fn cors() -> CorsLayer {',
    '    CorsLayer::new()',
    `        .allow_origin(${origins === '*' ? 'Any' : `${rustStrings(origins, '        ')}.map(HeaderValue::from_static)`})`,
    ...(policy.credentialed ? ['        .allow_credentials(true)'] : []),
    ...(methods.length === 0 ? [] : [`        .allow_methods(${rustStrings(methods, '        ')}.map(|name| name.parse::<Method>().unwrap()))`]),
    ...headerNames('allow_headers', requestHeaders),
    ...headerNames('expose_headers', exposedHeaders),
    ...(maxAge === null ? [] : [`        .max_age(Duration::from_secs(${maxAge}))`]),
    '}',
  ];
  return { ok: true, snippet: `${snippet.join('\n')}\n` };
}

function refusal({ origins, methods }: CorsPolicy): string | null {
  if (origins !== '*' && origins.includes('*')) return 'A value is not an origin. Write each one as scheme://host.';
  return methods.includes('OPTIONS') ? 'tower-http answers every OPTIONS request itself, so no page can send one to a route. Remove OPTIONS from the methods.' : null;
}
