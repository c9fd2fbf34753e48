import type { CorsPolicy } from '../fix/cors-policy.ts';
import { statedMaxAge } from '../fix/respond.ts';
import { refuseUnplainOrigins } from './plain-origin.ts';
import { refuseUnprintable } from './printable.ts';
import type { Recipe, Rendered } from './recipe.ts';
import { rustString, rustStrings } from './rust.ts';

/** Actix Web with its middleware for CORS, the crate actix-cors. */
export const actixWeb: Recipe = {
  id: 'actix-web',
  title: 'Actix Web',
  language: 'rust',
  extension: 'rs',
  docs: 'https://docs.rs/actix-cors/0.7/actix_cors/struct.Cors.html',
  where: 'Save it as cors.rs beside main.rs. Wrap the App with it last, after every other wrap.',
  first: 'cargo add actix-cors',
  pitfall: 'A wrap that comes later runs earlier: its login would meet the preflight. Around a scope or a resource the middleware misses the 404 of the App.',
  active: 'Build and restart the server. cargo tree -i actix-cors must print the package.',
  log: 'It writes none, but the body of a preflight that it refuses says why.',
  proof: { kind: 'server', versions: 'Actix Web 4.18.1 with actix-cors 0.7.2' },
  fingerprints: [],
  render,
};

function render(policy: CorsPolicy): Rendered {
  const { origins } = policy;
  const refused = refuseUnprintable(policy) ?? refuseUnplainOrigins(policy)
    // Its crate http 0.2 takes no such method, and the App does not start.
    ?? (policy.methods.some((method) => /[#$%&']/.test(method)) ? "Actix Web knows no method with one of #$%&'. Remove it from the policy." : null);
  if (refused !== null) return { ok: false, refused };
  const maxAge = statedMaxAge(policy);
  const list = (name: string, values: readonly string[]): readonly string[] => (values.length === 0 ? [] : [`        .${name}(${rustStrings(values, '        ')})`]);
  const snippet = [
    'use actix_cors::Cors;',
    '',
    '/// The last wrap of the App, and so around every other one:',
    '/// `app.wrap(cors::cors())`',
    'pub fn cors() -> Cors {',
    '    Cors::default()',
    ...(origins === '*' ? ['        .allow_any_origin()', '        .send_wildcard()'] : origins.map((origin) => `        .allowed_origin(${rustString(origin)})`)),
    ...(policy.credentialed ? ['        .supports_credentials()'] : []),
    '        // The package turns down every other method, so the first three stand here, too.',
    ...list('allowed_methods', [...new Set(['GET', 'HEAD', 'POST', ...policy.methods])]),
    ...list('allowed_headers', policy.requestHeaders),
    ...list('expose_headers', policy.exposedHeaders),
    ...(maxAge === null ? [] : [`        .max_age(${maxAge})`]),
    '}',
  ];
  return { ok: true, snippet: `${snippet.join('\n')}\n` };
}
