import type { CorsPolicy } from '../../../src/fix/cors-policy.ts';
import { respond } from '../../../src/fix/respond.ts';
import { applications, checkPython, pythonVersion, readPython, servePython } from '../python.ts';
import type { RecipeServer } from '../recipe-server.ts';

export const server: RecipeServer = {
  version: async () => `Django ${await pythonVersion('django', 'django')} with django-cors-headers ${await pythonVersion('django', 'django-cors-headers')}`,
  check: checkPython,
  start: async (snippets) => servePython('django', await applications('django', snippets), ['django', 'django.core.wsgi', 'corsheaders.middleware']),
  read: async (snippets) => (await readPython<CorsPolicy>('django', snippets)).map((policy) => (request) => respond(policy, request)),
};
