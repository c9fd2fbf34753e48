import type { CorsPolicy } from '../fix/cors-policy.ts';
import { statedMaxAge } from '../fix/respond.ts';
import { refuseDynamic, yamlList } from './cloudformation.ts';
import { listedMethods, listedOrigins, refuseUnlistable } from './listing-service.ts';
import type { Recipe, Rendered } from './recipe.ts';

/** An HTTP API of AWS API Gateway. It answers preflights itself, and its headers replace those of the integration. */
export const apiGatewayHttp: Recipe = {
  id: 'api-gateway-http',
  title: 'AWS API Gateway, HTTP API',
  language: 'yaml',
  extension: 'yaml',
  docs: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html',
  where: 'In the properties of the AWS::ApiGatewayV2::Api or the AWS::Serverless::HttpApi. The command line takes the same names.',
  first: null,
  pitfall: 'A $default route or an ANY route with an authorizer catches preflights, too. Add a route OPTIONS /{proxy+} without one. CORS headers of your code are dropped.',
  active: 'Deploy the stack. aws apigatewayv2 get-api --api-id API must print these lines.',
  log: null,
  proof: { kind: 'not-on-the-server', checkedWith: "CloudFormation's schemas in cfn-lint 1.58" },
  fingerprints: ['api-gateway'],
  render,
};

function render(policy: CorsPolicy): Rendered {
  const refused = refuseUnlistable(policy, 'API Gateway', ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) ?? refuseDynamic(policy);
  if (refused !== null) return { ok: false, refused };
  const maxAge = statedMaxAge(policy);
  const snippet = [
    'CorsConfiguration:',
    '  # API Gateway answers preflights by itself, and drops the CORS headers of your code.',
    ...yamlList('AllowOrigins', listedOrigins(policy), '  '),
    ...(policy.credentialed ? ['  AllowCredentials: true'] : []),
    ...yamlList('AllowMethods', listedMethods(policy), '  '),
    ...yamlList('AllowHeaders', policy.requestHeaders, '  '),
    ...yamlList('ExposeHeaders', policy.exposedHeaders, '  '),
    ...(maxAge === null ? [] : [`  MaxAge: ${maxAge}`]),
  ];
  return { ok: true, snippet: `${snippet.join('\n')}\n` };
}
