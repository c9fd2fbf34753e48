import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import manifest from '../../manifest.json' with { type: 'json' };
import { extensionFolder, firefoxExtensionFolder } from '../playground/extension.ts';
import { filesOf } from './clean-copy.ts';

interface Need {
  /** As it stands in the build. */
  readonly code: string;
  /** The first version that has it; 0: the browser does without. */
  readonly chrome: number;
  readonly firefox: number;
  readonly android: number;
}

/** The table of README.md. */
async function readNeeds(): Promise<readonly Need[]> {
  const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
  const [, section = ''] = readme.split('\n## Oldest browsers\n');
  return [...section.matchAll(/^\| `(.+)` \|([\d ]+)\|([\d ]+)\|([\d ]+)\|/gm)]
    .map(([, code = '', chrome, firefox, android]) => ({ code, chrome: Number(chrome), firefox: Number(firefox), android: Number(android) }));
}

describe('the oldest browsers that the manifest admits', () => {
  let needs: readonly Need[];
  beforeAll(async () => {
    needs = await readNeeds();
    expect(needs.length).toBeGreaterThan(2);
  });

  it('are those of README.md, where the reasons stand', () => {
    const { gecko, gecko_android } = manifest['{{firefox}}.browser_specific_settings'];
    const instruction = 'Give README.md a row with the reason, or lower the manifest to what the rows demand.';
    expect(manifest['{{chrome}}.minimum_chrome_version'], instruction).toBe(`${Math.max(...needs.map(({ chrome }) => chrome))}`);
    expect(gecko.strict_min_version, instruction).toBe(`${Math.max(...needs.map(({ firefox }) => firefox))}.0`);
    expect(gecko_android.strict_min_version, instruction).toBe(`${Math.max(...needs.map(({ android }) => android))}.0`);
  });

  it.each([['chrome', extensionFolder], ['firefox', firefoxExtensionFolder]] as const)('are needed by the build for %s', async (browser, folder) => {
    const built = [...(await filesOf(folder)).values()].map(String).join('\n');
    const unused = needs.filter((need) => need[browser] > 0 && !built.includes(need.code)).map(({ code }) => code);
    expect(unused, 'Remove these rows from README.md, and lower the manifest.').toEqual([]);
  });
});
