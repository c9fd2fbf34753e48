import { callPython, pythonVersion } from './python.ts';
import type { SnippetChecker, SnippetReader } from './recipe-server.ts';

/** A checker of parts of a template, by CloudFormation's own schemas; `read` gives what the parsed part makes the service do. */
export const cloudFormation = <T>(read: (part: T) => SnippetReader): SnippetChecker => ({
  version: async () => `CloudFormation's schemas in cfn-lint ${await pythonVersion('cloudformation', 'cfn-lint')}`,
  check: async (snippets) => void await callPython('cloudformation', 'check', ['read.py', 'check.py'], snippets),
  read: async (snippets) => (await callPython<T>('cloudformation', 'read', ['read.py'], snippets)).map(read),
});
