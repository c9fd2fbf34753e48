import type { CorsPolicy } from '../../../src/fix/cors-policy.ts';
import { respond } from '../../../src/fix/respond.ts';
import { applications, checkPython, pythonVersion, readPython, servePython } from '../python.ts';
import type { RecipeServer } from '../recipe-server.ts';

export const server: RecipeServer = {
  version: async () => `FastAPI ${await pythonVersion('fastapi', 'fastapi')} with Starlette ${await pythonVersion('fastapi', 'starlette')}`,
  check: checkPython,
  start: async (snippets) => servePython('fastapi', await applications('fastapi', snippets), ['fastapi', 'uvicorn', 'uvicorn.protocols.http.h11_impl']),
  read: async (snippets) => (await readPython<CorsPolicy>('fastapi', snippets)).map((policy) => (request) => respond(policy, request)),
};
