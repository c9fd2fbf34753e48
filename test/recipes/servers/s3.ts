import { readListed } from '../listed-policy.ts';
import { callPython, pythonVersion } from '../python.ts';
import type { SnippetChecker } from '../recipe-server.ts';

interface Configuration {
  readonly CORSRules: readonly [{
    readonly AllowedOrigins: readonly string[];
    readonly AllowedMethods: readonly string[];
    readonly AllowedHeaders?: readonly string[];
    readonly ExposeHeaders?: readonly string[];
    readonly MaxAgeSeconds?: number;
  }];
}

export const server: SnippetChecker = {
  version: async () => `the service model of botocore ${await pythonVersion('s3', 'botocore')}`,
  check: async (snippets) => void await callPython('s3', 'check', ['check.py'], snippets),
  read: async (snippets) => snippets.map((snippet) => {
    const { CORSRules: [rule] }: Configuration = JSON.parse(snippet);
    return readListed({
      origins: rule.AllowedOrigins,
      credentialed: rule.AllowedOrigins[0] !== '*',
      methods: rule.AllowedMethods,
      requestHeaders: rule.AllowedHeaders,
      exposedHeaders: rule.ExposeHeaders,
      maxAge: rule.MaxAgeSeconds,
    });
  }),
};
