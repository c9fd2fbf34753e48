import type { CorsPolicy } from '../fix/cors-policy.ts';
import { statedMaxAge } from '../fix/respond.ts';
import { jsonText } from './json.ts';
import { listedMethods, listedOrigins, refuseUnlistable } from './listing-service.ts';
import type { Recipe, Rendered } from './recipe.ts';

/** A bucket of Google Cloud Storage. One list is what a request may send and what a script may read. */
export const gcs: Recipe = {
  id: 'gcs',
  title: 'Google Cloud Storage',
  language: 'json',
  extension: 'json',
  docs: 'https://docs.cloud.google.com/storage/docs/cors-configurations',
  where: 'In cors.json for gcloud storage buckets update gs://BUCKET --cors-file=cors.json. The console cannot set it.',
  first: null,
  pitfall: 'Only URLs of storage.googleapis.com follow these rules. storage.cloud.google.com, which takes the login of a browser, allows no CORS request.',
  active: 'Run gcloud storage buckets describe gs://BUCKET --format="default(cors_config)", which must print these rules.',
  log: null,
  proof: { kind: 'not-on-the-server', checkedWith: 'the discovery document of google-api-python-client 2.202' },
  fingerprints: ['uploadserver'],
  render,
};

function render(policy: CorsPolicy): Rendered {
  if (policy.credentialed) {
    return { ok: false, refused: 'Cloud Storage has no setting for credentials. Request without them, for instance by a signed URL.' };
  }
  const refused = refuseUnlistable(policy, 'Cloud Storage', ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
  if (refused !== null) return { ok: false, refused };
  const { requestHeaders, exposedHeaders } = policy;
  const maxAge = statedMaxAge(policy);
  const headers = [...new Set([...requestHeaders, ...exposedHeaders])];
  const rule = {
    origin: listedOrigins(policy),
    method: listedMethods(policy),
    ...(headers.length === 0 ? {} : { responseHeader: headers }),
    ...(maxAge === null ? {} : { maxAgeSeconds: maxAge }),
  };
  return {
    ok: true,
    snippet: jsonText([rule]),
    ...(String(requestHeaders) === String(exposedHeaders) ? {} : {
      deviation: {
        policy: { ...policy, requestHeaders: headers, exposedHeaders: headers },
        why: 'Cloud Storage has one list for both: what a request may send, a script may also read, and the other way round.',
      },
    }),
  };
}
