import { readPython } from './python.ts';
import { pythonPackages } from './toolchain.ts';

/** What each snippet of YAML holds; fails at a key that stands twice. */
export const readYaml = async (snippets: readonly string[]): Promise<readonly unknown[]> => readPython('yaml', snippets, await pythonPackages('yaml'));
