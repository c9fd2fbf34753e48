import type { CorsPolicy } from '../fix/cors-policy.ts';
import { statedMaxAge } from '../fix/respond.ts';
import { refuseDynamic, yamlList } from './cloudformation.ts';
import { listedMethods, listedOrigins, refuseUnlistable } from './listing-service.ts';
import type { Recipe, Rendered } from './recipe.ts';

/** Amazon CloudFront with a response headers policy, whose headers replace those of the origin server. */
export const cloudfront: Recipe = {
  id: 'cloudfront',
  title: 'Amazon CloudFront',
  language: 'yaml',
  extension: 'yaml',
  docs: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html',
  where: 'Among the resources of the template. Name it as ResponseHeadersPolicyId: !Ref CorsPolicy in each cache behavior, whose AllowedMethods must have OPTIONS.',
  first: null,
  pitfall: 'CloudFront passes preflights on and changes no status: the server behind it must answer OPTIONS with 2xx. A bucket needs its own CORS rules for that.',
  active: 'Deploy the stack. aws cloudfront get-distribution-config --id DISTRIBUTION must print the id of the policy.',
  log: null,
  proof: { kind: 'not-on-the-server', checkedWith: "CloudFormation's schemas in cfn-lint 1.58" },
  fingerprints: ['cloudfront'],
  render,
};

function render(policy: CorsPolicy): Rendered {
  const refused = refuseUnlistable(policy, 'CloudFront', ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) ?? refuseDynamic(policy);
  if (refused !== null) return { ok: false, refused };
  const maxAge = statedMaxAge(policy);
  const items = (key: string, values: readonly string[]): readonly string[] =>
    values.length === 0 ? [] : [`        ${key}:`, ...yamlList('Items', values, '          ')];
  const snippet = [
    'CorsPolicy:',
    '  Type: AWS::CloudFront::ResponseHeadersPolicy',
    '  Properties:',
    '    ResponseHeadersPolicyConfig:',
    '      Name: cors',
    '      CorsConfig:',
    '        # These lines alone decide: what the origin server sends is replaced.',
    '        OriginOverride: true',
    `        AccessControlAllowCredentials: ${policy.credentialed}`,
    ...items('AccessControlAllowOrigins', listedOrigins(policy)),
    ...items('AccessControlAllowMethods', listedMethods(policy)),
    ...(policy.requestHeaders.length === 0 ? ['        # The list must not be empty. No script can set this one.'] : []),
    ...items('AccessControlAllowHeaders', policy.requestHeaders.length === 0 ? ['origin'] : policy.requestHeaders),
    ...items('AccessControlExposeHeaders', policy.exposedHeaders),
    ...(maxAge === null ? [] : [`        AccessControlMaxAgeSec: ${maxAge}`]),
  ];
  return { ok: true, snippet: `${snippet.join('\n')}\n` };
}
