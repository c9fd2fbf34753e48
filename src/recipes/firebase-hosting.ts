import type { CorsPolicy } from '../fix/cors-policy.ts';
import { jsonText } from './json.ts';
import { refuseUnprintable } from './printable.ts';
import type { Recipe, Rendered } from './recipe.ts';

/** Firebase Hosting, whose headers are the same for every request. */
export const firebaseHosting: Recipe = {
  id: 'firebase-hosting',
  title: 'Firebase Hosting',
  language: 'json',
  extension: 'json',
  docs: 'https://firebase.google.com/docs/hosting/full-config#headers',
  where: 'In firebase.json, merged with what is there. Narrow the source to the files that other origins may read.',
  first: null,
  pitfall: 'Functions and Cloud Run behind a rewrite need headers of their own, and answer their preflights themselves.',
  active: 'Run firebase deploy --only hosting.',
  log: null,
  proof: { kind: 'not-on-the-server', checkedWith: 'the emulator superstatic 11.0' },
  fingerprints: [],
  render,
};

function render(policy: CorsPolicy): Rendered {
  const { origins, methods, requestHeaders, exposedHeaders } = policy;
  if (methods.length > 0 || requestHeaders.length > 0) {
    return { ok: false, refused: 'Firebase Hosting answers no preflight. Remove the methods and request headers, or let a function behind a rewrite answer.' };
  }
  if (origins !== '*' && origins.length > 1) {
    return { ok: false, refused: 'Firebase Hosting states one origin for everyone. Leave one, or let a function behind a rewrite answer.' };
  }
  const refused = refuseUnprintable(policy);
  if (refused !== null) return { ok: false, refused };
  const headers = [
    { key: 'Access-Control-Allow-Origin', value: origins === '*' ? '*' : origins.join('') },
    ...(policy.credentialed ? [{ key: 'Access-Control-Allow-Credentials', value: 'true' }] : []),
    ...(exposedHeaders.length === 0 ? [] : [{ key: 'Access-Control-Expose-Headers', value: exposedHeaders.join(', ') }]),
  ];
  return {
    ok: true,
    snippet: jsonText({ hosting: { headers: [{ source: '**', headers }] } }),
    ...(policy.maxAge === null ? {} : {
      deviation: { policy: { ...policy, maxAge: null }, why: 'The max age is left out, for Firebase Hosting answers no preflight.' },
    }),
  };
}
