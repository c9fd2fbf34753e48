import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { firefoxExtensionFolder } from '../playground/extension.ts';

interface Finding {
  readonly code: string;
  readonly file: string;
}

interface Findings {
  readonly errors: readonly Finding[];
  readonly warnings: readonly Finding[];
  readonly notices: readonly Finding[];
}

/** What addons.mozilla.org says of the extension when it is submitted: `web-ext lint` is this program, and so is AMO's. */
async function lint(folder: string): Promise<Findings> {
  const linter = fileURLToPath(import.meta.resolve('addons-linter/bin/addons-linter'));
  const { stdout } = await promisify(execFile)(process.execPath, [linter, '--output', 'json', folder]);
  return JSON.parse(stdout) as Findings;
}

it('gives the reviewers of addons.mozilla.org one warning: Preact assigns innerHTML for a property that the panel never uses', async () => {
  const { errors, warnings, notices } = await lint(firefoxExtensionFolder);
  expect(errors).toEqual([]);
  expect(notices).toEqual([]);
  expect(warnings.map(({ code, file }) => ({ code, file }))).toEqual([{ code: 'UNSAFE_VAR_ASSIGNMENT', file: 'preact.js' }]);
});
