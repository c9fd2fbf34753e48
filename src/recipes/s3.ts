import type { CorsPolicy } from '../fix/cors-policy.ts';
import { statedMaxAge } from '../fix/respond.ts';
import { jsonText } from './json.ts';
import { listedMethods, listedOrigins, refuseUnlistable } from './listing-service.ts';
import type { Recipe, Rendered } from './recipe.ts';

/** A bucket of Amazon S3. What speaks its API takes the same rules: Cloudflare R2, MinIO, Ceph. */
export const s3: Recipe = {
  id: 's3',
  title: 'Amazon S3',
  language: 'json',
  extension: 'json',
  docs: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/ManageCorsUsing.html',
  where: 'In cors.json for aws s3api put-bucket-cors --bucket BUCKET --cors-configuration file://cors.json. The console takes the list of rules alone.',
  first: null,
  pitfall: 'S3 answers a request without Origin with neither CORS headers nor Vary, and caches replay that. Give an img or link the attribute crossorigin, and let CloudFront forward Origin.',
  active: 'Run aws s3api get-bucket-cors --bucket BUCKET, which must print these rules.',
  log: "The bucket's server access log lists preflights as REST.OPTIONS.PREFLIGHT.",
  proof: { kind: 'not-on-the-server', checkedWith: 'the service model of botocore 1.44' },
  fingerprints: ['amazons3'],
  render,
};

function render(policy: CorsPolicy): Rendered {
  const refused = refuseUnlistable(policy, 'S3', ['GET', 'HEAD', 'POST', 'PUT', 'DELETE']);
  if (refused !== null) return { ok: false, refused };
  const { origins, requestHeaders, exposedHeaders } = policy;
  const maxAge = statedMaxAge(policy);
  const rule = {
    AllowedOrigins: listedOrigins(policy),
    AllowedMethods: listedMethods(policy),
    ...(requestHeaders.length === 0 ? {} : { AllowedHeaders: requestHeaders }),
    ...(exposedHeaders.length === 0 ? {} : { ExposeHeaders: exposedHeaders }),
    ...(maxAge === null ? {} : { MaxAgeSeconds: maxAge }),
  };
  return {
    ok: true,
    snippet: jsonText({ CORSRules: [rule] }),
    ...(policy.credentialed || origins === '*' ? {} : {
      deviation: { policy: { ...policy, credentialed: true }, why: 'S3 also lets an origin that is named use credentials. It reads no cookies.' },
    }),
  };
}
