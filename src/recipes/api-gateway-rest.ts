import type { CorsPolicy } from '../fix/cors-policy.ts';
import { statedMaxAge } from '../fix/respond.ts';
import { refuseDynamic, yamlString } from './cloudformation.ts';
import { refuseUnprintable } from './printable.ts';
import type { Recipe, Rendered } from './recipe.ts';

/** A REST API of AWS API Gateway: a mock that answers preflights, and headers on the errors that API Gateway itself makes. */
export const apiGatewayRest: Recipe = {
  id: 'api-gateway-rest',
  title: 'AWS API Gateway, REST API',
  language: 'yaml',
  extension: 'yaml',
  docs: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html',
  where: 'Among the resources of the template. Api and ApiResource stand for your own names; every resource of the API needs its CorsPreflight.',
  first: null,
  pitfall: 'The responses of a proxy integration are not touched: let its code send the headers, as the recipe for AWS Lambda does. Nothing changes before the stage is deployed anew.',
  active: 'Deploy the stack, then aws apigateway create-deployment --rest-api-id API --stage-name STAGE.',
  log: null,
  proof: { kind: 'not-on-the-server', checkedWith: "CloudFormation's schemas in cfn-lint 1.58" },
  fingerprints: [],
  render,
};

function render(policy: CorsPolicy): Rendered {
  const { origins, methods, requestHeaders, exposedHeaders } = policy;
  if (origins !== '*' && origins.length > 1) {
    return { ok: false, refused: 'A REST API states one origin for everyone. Leave one, or let every method reach a function and take the recipe for AWS Lambda.' };
  }
  const refused = refuseUnprintable(policy) ?? refuseDynamic(policy);
  if (refused !== null) return { ok: false, refused };
  if ([...origins, ...methods, ...requestHeaders, ...exposedHeaders].some((value) => value.includes("'"))) {
    return { ok: false, refused: "API Gateway ends a value at '. Remove the value that has one." };
  }
  const maxAge = statedMaxAge(policy);
  const always: readonly Parameter[] = [
    ['Access-Control-Allow-Origin', origins === '*' ? '*' : origins.join('')],
    ...(origins === '*' ? [] : [['Vary', 'Origin'] as const]),
    ...(policy.credentialed ? [['Access-Control-Allow-Credentials', 'true'] as const] : []),
  ];
  const ofPreflight: readonly Parameter[] = [
    ...always,
    ...list('Access-Control-Allow-Methods', methods),
    ...list('Access-Control-Allow-Headers', requestHeaders),
    ...(maxAge === null ? [] : [['Access-Control-Max-Age', String(maxAge)] as const]),
  ];
  const ofError = [...always, ...list('Access-Control-Expose-Headers', exposedHeaders)];
  const snippet = [
    'CorsPreflight:',
    '  Type: AWS::ApiGateway::Method',
    '  Properties:',
    '    RestApiId: !Ref Api',
    '    ResourceId: !Ref ApiResource',
    '    HttpMethod: OPTIONS',
    '    # Preflights carry no login.',
    '    AuthorizationType: NONE',
    '    Integration:',
    '      Type: MOCK',
    '      # Without it an API with binary media types answers 500.',
    '      ContentHandling: CONVERT_TO_TEXT',
    '      RequestTemplates:',
    '        application/json: "{\\"statusCode\\": 204}"',
    '      IntegrationResponses:',
    '        - StatusCode: "204"',
    '          ResponseParameters:',
    ...ofPreflight.map(([name, value]) => `            method.response.header.${name}: ${constant(value)}`),
    '    MethodResponses:',
    '      - StatusCode: "204"',
    '        ResponseParameters:',
    ...ofPreflight.map(([name]) => `          method.response.header.${name}: true`),
    ...['4XX', '5XX'].flatMap((status) => [
      '',
      `CorsOn${status}:`,
      '  Type: AWS::ApiGateway::GatewayResponse',
      '  Properties:',
      '    RestApiId: !Ref Api',
      `    ResponseType: DEFAULT_${status}`,
      '    ResponseParameters:',
      ...ofError.map(([name, value]) => `      gatewayresponse.header.${name}: ${constant(value)}`),
    ]),
  ];
  return { ok: true, snippet: `${snippet.join('\n')}\n` };
}

type Parameter = readonly [name: string, value: string];

const list = (name: string, values: readonly string[]): readonly Parameter[] => (values.length === 0 ? [] : [[name, values.join(', ')]]);

/** A constant of API Gateway is in single quotes; without them it is a reference to the request. */
const constant = (value: string): string => yamlString(`'${value}'`);
