import type { CorsPolicy } from '../fix/cors-policy.ts';
import { statedMaxAge } from '../fix/respond.ts';
import { arrayLiteral, stringLiteral } from './javascript.ts';

/** The constant that `setCors` reads: the allowed origins, or nothing where any origin is. */
export const corsOrigins = ({ origins }: CorsPolicy): readonly string[] =>
  origins === '*' ? [] : [`const corsOrigins = new Set(${arrayLiteral(origins, '')});`, ''];

/** Whether `request`, a Fetch API one, is a preflight. */
export const isPreflight = [
  '// An OPTIONS request that is no preflight goes on.',
  "const isPreflight = request.method === 'OPTIONS' && request.headers.has('Access-Control-Request-Method');",
] as const;

/** Statements that leave the policy's headers, and no other ones of CORS, in `response`, whose headers can be changed. */
export function setCors(policy: CorsPolicy): readonly string[] {
  const maxAge = statedMaxAge(policy);
  const ofPreflight = [
    ...setList('Access-Control-Allow-Methods', policy.methods),
    ...setList('Access-Control-Allow-Headers', policy.requestHeaders),
    ...(maxAge === null ? [] : [set('Access-Control-Max-Age', `'${maxAge}'`)]),
  ];
  const ofResponse = setList('Access-Control-Expose-Headers', policy.exposedHeaders).map((line) => `if (!isPreflight) ${line}`);
  return [
    '// These lines alone decide: what came from elsewhere goes.',
    'for (const name of [...response.headers.keys()]) {',
    "  if (name.startsWith('access-control-')) response.headers.delete(name);",
    '}',
    ...(policy.origins === '*'
      ? [set('Access-Control-Allow-Origin', "'*'")]
      : [
          "const origin = request.headers.get('Origin');",
          '// Also for an origin that is refused: a cache must not replay that response to another.',
          "response.headers.append('Vary', 'Origin');",
          `if (origin !== null && corsOrigins.has(origin)) ${set('Access-Control-Allow-Origin', 'origin')}`,
        ]),
    ...(policy.credentialed ? [set('Access-Control-Allow-Credentials', "'true'")] : []),
    ...(ofPreflight.length === 0 ? [] : ['if (isPreflight) {', ...indented(ofPreflight, 1), '}']),
    ...ofResponse,
  ];
}

/**
 * A function `withCors` that wraps a handler of requests. `usage` shows the wrapped handler; JavaScript where the file may
 * be no TypeScript.
 */
export const withCors = (policy: CorsPolicy, language: 'javascript' | 'typescript', usage: readonly string[]): readonly string[] => [
  ...corsOrigins(policy),
  ...usage.map((line) => `// ${line}`),
  ...(language === 'javascript'
    ? ['function withCors(handler) {', '  return async (request, ...rest) => {']
    : [
        'function withCors<Rest extends unknown[]>(handler: (request: Request, ...rest: Rest) => Response | Promise<Response>) {',
        '  return async (request: Request, ...rest: Rest): Promise<Response> => {',
      ]),
  ...indented([
    ...isPreflight,
    'let answer;',
    'try {',
    '  answer = isPreflight ? new Response(null, { status: 204 }) : await handler(request, ...rest);',
    '} catch (error) {',
    '  // The platform would answer, without these headers.',
    '  console.error(error);',
    "  answer = new Response('Internal Server Error', { status: 500 });",
    '}',
    'if (answer.status === 101) return answer; // A WebSocket needs no CORS.',
    '// A copy: the headers of what fetch and Response.redirect give cannot be changed.',
    'const response = new Response(answer.body, answer);',
    ...setCors(policy),
    'return response;',
  ], 2),
  '  };',
  '}',
];

/** The lines, deeper by so many times two spaces. */
export const indented = (lines: readonly string[], depth: number): readonly string[] =>
  lines.map((line) => (line === '' ? '' : `${'  '.repeat(depth)}${line}`));

const set = (name: string, value: string): string => `response.headers.set('${name}', ${value});`;

const setList = (name: string, values: readonly string[]): readonly string[] =>
  values.length === 0 ? [] : [set(name, stringLiteral(values.join(', ')))];
