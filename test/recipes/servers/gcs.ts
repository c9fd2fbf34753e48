import { readListed } from '../listed-policy.ts';
import { callPython, pythonVersion } from '../python.ts';
import type { SnippetChecker } from '../recipe-server.ts';

type Configuration = readonly [{
  readonly origin: readonly string[];
  readonly method: readonly string[];
  readonly responseHeader?: readonly string[];
  readonly maxAgeSeconds?: number;
}];

export const server: SnippetChecker = {
  version: async () => `the discovery document of google-api-python-client ${await pythonVersion('gcs', 'google-api-python-client')}`,
  check: async (snippets) => void await callPython('gcs', 'check', ['check.py'], snippets),
  read: async (snippets) => snippets.map((snippet) => {
    const [rule]: Configuration = JSON.parse(snippet);
    return readListed({
      origins: rule.origin,
      credentialed: false,
      methods: rule.method,
      requestHeaders: rule.responseHeader,
      exposedHeaders: rule.responseHeader,
      maxAge: rule.maxAgeSeconds,
    });
  }),
};
