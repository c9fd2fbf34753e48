import type { CorsPolicy } from '../fix/cors-policy.ts';
import { corsOrigins, indented, isPreflight, setCors } from './fetch-handler.ts';
import type { Recipe, Rendered } from './recipe.ts';

/**
 * Azure Functions in Node, programming model 4. The list of origins in the portal grants every method and header and
 * exposes none, so the snippet does without.
 */
export const azureFunctions: Recipe = {
  id: 'azure-functions',
  title: 'Azure Functions',
  language: 'typescript',
  extension: 'ts',
  docs: 'https://learn.microsoft.com/en-us/azure/azure-functions/functions-reference-node',
  where: 'In src/functions/cors.ts. Wrap the handler of every function, and add OPTIONS to its methods.',
  first: 'az functionapp cors remove --name APP --resource-group GROUP --allowed-origins https://portal.azure.com',
  pitfall: "While the portal's CORS list has an origin, Azure answers preflights itself and replaces these headers. With authLevel 'function' it refuses a preflight, whose URL has no key.",
  active: 'Deploy the app. az functionapp cors show must list no origin.',
  log: null,
  proof: { kind: 'emulator', versions: '@azure/functions 4.16 in Node 20, without the Functions host' },
  fingerprints: ['azure'],
  render,
};

function render(policy: CorsPolicy): Rendered {
  const snippet = [
    "import type { HttpHandler, HttpResponseInit } from '@azure/functions';",
    '',
    ...corsOrigins(policy),
    "// Wrap every handler: app.http('name', { methods: ['GET', 'OPTIONS'], handler: withCors(handler) });",
    'export function withCors(handler: HttpHandler): HttpHandler {',
    '  return async (request, context) => {',
    ...indented([
      ...isPreflight,
      'let answer: HttpResponseInit;',
      'try {',
      '  answer = isPreflight ? { status: 204 } : await handler(request, context) ?? {};',
      '} catch (error) {',
      '  // The host would answer, without these headers.',
      '  context.error(error);',
      "  answer = { status: 500, body: 'Internal Server Error' };",
      '}',
      'const { status, body, jsonBody, cookies, enableContentNegotiation } = answer;',
      'const response = { status, body, jsonBody, cookies, enableContentNegotiation, headers: new Headers(answer.headers) };',
      ...setCors(policy),
      'return response;',
    ], 2),
    '  };',
    '}',
  ];
  return { ok: true, snippet: `${snippet.join('\n')}\n` };
}
