import type { CorsPolicy } from '../fix/cors-policy.ts';
import { statedMaxAge } from '../fix/respond.ts';
import { corsOrigins, indented } from './fetch-handler.ts';
import { stringLiteral } from './javascript.ts';
import type { Recipe, Rendered } from './recipe.ts';

/** A function of AWS Lambda behind its own URL, an HTTP API or a REST API: their events differ in where the method is. */
export const lambda: Recipe = {
  id: 'lambda',
  title: 'AWS Lambda',
  language: 'javascript',
  extension: 'mjs',
  docs: 'https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html',
  where: "In the function's module, around its handler.",
  first: null,
  pitfall: 'Leave the CORS settings of the function URL or the HTTP API empty: they send the headers a second time or replace them. Preflights need a route for OPTIONS without an authorizer, and a function URL with the auth type NONE.',
  active: 'Deploy the function.',
  log: null,
  proof: { kind: 'emulator', versions: 'Node 20 behind an adapter of ours for the events of a function URL' },
  fingerprints: [],
  render,
};

function render(policy: CorsPolicy): Rendered {
  const maxAge = statedMaxAge(policy);
  const ofPreflight = [
    ...list('Access-Control-Allow-Methods', policy.methods),
    ...list('Access-Control-Allow-Headers', policy.requestHeaders),
    ...list('Access-Control-Max-Age', maxAge === null ? [] : [String(maxAge)]),
  ];
  const ofResponse = list('Access-Control-Expose-Headers', policy.exposedHeaders);
  const snippet = [
    ...corsOrigins(policy),
    '// Wrap the handler: export const handler = withCors(async (event, context) => { ... });',
    'function withCors(handler) {',
    '  return async (event, context) => {',
    ...indented([
      'const sent = lowercase(event.headers);',
      '// An OPTIONS request that is no preflight goes on to the handler.',
      'const method = event.requestContext.http?.method ?? event.httpMethod;',
      "const isPreflight = method === 'OPTIONS' && sent['access-control-request-method'] !== undefined;",
      'let answer;',
      'try {',
      '  answer = isPreflight ? { statusCode: 204 } : await handler(event, context);',
      '} catch (error) {',
      '  // Lambda would answer, without these headers.',
      '  console.error(error);',
      "  answer = { statusCode: 500, body: 'Internal Server Error' };",
      '}',
      'if (answer?.statusCode === undefined) {',
      '  // What AWS makes of a value that is no response.',
      "  const body = typeof answer === 'string' ? answer : JSON.stringify(answer);",
      "  answer = { statusCode: 200, headers: { 'Content-Type': 'application/json' }, body };",
      '}',
      '// These lines alone decide: what came from elsewhere goes.',
      "const given = Object.entries(lowercase(answer.headers)).filter(([name]) => !name.startsWith('access-control-'));",
      'const headers = Object.fromEntries(given);',
      ...(policy.origins === '*'
        ? [set('Access-Control-Allow-Origin', '*')]
        : [
            '// Also for an origin that is refused: a cache must not replay that response to another.',
            "headers.vary = headers.vary === undefined ? 'Origin' : `${headers.vary}, Origin`;",
            "if (corsOrigins.has(sent.origin)) headers['access-control-allow-origin'] = sent.origin;",
          ]),
      ...(policy.credentialed ? [set('Access-Control-Allow-Credentials', 'true')] : []),
      ...(ofPreflight.length === 0 ? [] : ['if (isPreflight) {', ...indented(ofPreflight, 1), '}']),
      ...ofResponse.map((line) => `if (!isPreflight) ${line}`),
      'return { ...answer, headers };',
    ], 2),
    '  };',
    '}',
    '',
    'const lowercase = (headers) => Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]));',
  ];
  return { ok: true, snippet: `${snippet.join('\n')}\n` };
}

const set = (name: string, value: string): string => `headers['${name.toLowerCase()}'] = ${stringLiteral(value)};`;

const list = (name: string, values: readonly string[]): readonly string[] => (values.length === 0 ? [] : [set(name, values.join(', '))]);
