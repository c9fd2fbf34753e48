import type { CorsPolicy } from '../fix/cors-policy.ts';
import { statedMaxAge } from '../fix/respond.ts';
import { pythonList, pythonString } from './python.ts';
import type { Recipe, Rendered } from './recipe.ts';

/** FastAPI and Starlette, whose middleware for CORS is one and the same. */
export const fastapi: Recipe = {
  id: 'fastapi',
  title: 'FastAPI, Starlette',
  language: 'python',
  extension: 'py',
  docs: 'https://fastapi.tiangolo.com/tutorial/cors/',
  where: 'At the end of the module that makes the app, after all middleware and routes.',
  first: null,
  pitfall: 'With app.add_middleware(CORSMiddleware, …) the response to an unhandled exception has no CORS headers. Remove that line.',
  active: 'Restart the server. Start it with the name of this app, for example uvicorn main:app.',
  log: null,
  proof: { kind: 'server', versions: 'FastAPI 0.165.0 with Starlette 1.10.0' },
  fingerprints: ['uvicorn', 'hypercorn'],
  render,
};

/** The browsers' default, in seconds. Starlette has a longer one. */
const defaultMaxAge = 5;

function render(policy: CorsPolicy): Rendered {
  if ([...(policy.origins === '*' ? [] : policy.origins), ...policy.methods, ...policy.requestHeaders].includes('*')) {
    return { ok: false, refused: 'Starlette takes * for everything. Name each value.' };
  }
  const snippet = [
    'from starlette.middleware.cors import CORSMiddleware',
    '',
    '',
    'class StrictCORSMiddleware(CORSMiddleware):',
    '    """Starlette grants Content-Type and other headers to everyone. This grants what is listed."""',
    '',
    '    def preflight_response(self, request_headers):',
    '        response = super().preflight_response(request_headers)',
    `        response.headers["Access-Control-Allow-Headers"] = ${pythonString(policy.requestHeaders.join(', '))}`,
    '        return response',
    '',
    '',
    '# At the end of the module, around the whole app: unhandled exceptions are covered, too.',
    'app = StrictCORSMiddleware(',
    '    app,',
    `    allow_origins=${pythonList(policy.origins === '*' ? ['*'] : policy.origins, '    ')},`,
    ...(policy.credentialed ? ['    allow_credentials=True,'] : []),
    '    # Starlette turns down a preflight for any other method, so these three stand here.',
    `    allow_methods=${pythonList([...new Set(['GET', 'HEAD', 'POST', ...policy.methods])], '    ')},`,
    `    allow_headers=${pythonList(policy.requestHeaders, '    ')},`,
    ...(policy.exposedHeaders.length === 0 ? [] : [`    expose_headers=${pythonList(policy.exposedHeaders, '    ')},`]),
    `    max_age=${statedMaxAge(policy) ?? defaultMaxAge},`,
    ')',
  ];
  return { ok: true, snippet: `${snippet.join('\n')}\n` };
}
