import type { Header } from '../../../src/fetch/header-list.ts';
import { cloudFormation } from '../cloudformation.ts';

type Parameters = Readonly<Record<string, string>>;

interface Part {
  readonly CorsPreflight: {
    readonly Properties: {
      readonly Integration: { readonly IntegrationResponses: readonly [{ readonly ResponseParameters: Parameters }] };
      readonly MethodResponses: readonly [{ readonly ResponseParameters: Readonly<Record<string, true>> }];
    };
  };
  readonly CorsOn4XX: { readonly Properties: { readonly ResponseParameters: Parameters } };
  readonly CorsOn5XX: { readonly Properties: { readonly ResponseParameters: Parameters } };
}

function headersOf(parameters: Parameters, prefix: string): readonly Header[] {
  return Object.entries(parameters).map(([name, value]) => {
    const constant = /^'([^']*)'$/.exec(value)?.[1];
    if (!name.startsWith(prefix) || constant === undefined) throw new Error(`The recipe writes no ${name}: ${value}`);
    return [name.slice(prefix.length), constant];
  });
}

export const server = cloudFormation<Part>(({ CorsPreflight: { Properties: preflight }, CorsOn4XX, CorsOn5XX }) => {
  const [{ ResponseParameters: sent }] = preflight.Integration.IntegrationResponses;
  const [{ ResponseParameters: declared }] = preflight.MethodResponses;
  if (Object.keys(sent).join() !== Object.keys(declared).join()) throw new Error('API Gateway sends declared headers only.');
  const [ofPreflight, on4xx, on5xx] = [
    headersOf(sent, 'method.response.header.'),
    headersOf(CorsOn4XX.Properties.ResponseParameters, 'gatewayresponse.header.'),
    headersOf(CorsOn5XX.Properties.ResponseParameters, 'gatewayresponse.header.'),
  ];
  if (JSON.stringify(on4xx) !== JSON.stringify(on5xx)) throw new Error('Errors differ.');
  // A browser takes the one origin that is stated for itself or for none of its own.
  return ({ origin, isPreflight }) => (isPreflight ? ofPreflight : on4xx)
    .filter(([name, value]) => name !== 'Access-Control-Allow-Origin' || value === '*' || value === origin);
});
