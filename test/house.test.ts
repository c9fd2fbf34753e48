import { readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Every source file below a folder, as paths from the root of the repository. */
function filesIn(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory() ? filesIn(path) : [path];
  });
}

const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const isCode = (path: string): boolean => /\.(ts|tsx|js|jsx)$/.test(path);
const source = filesIn('src').filter(isCode);
const extension = filesIn('extension').filter(isCode);
const tests = filesIn('test').filter((path) => isCode(path) && !path.startsWith('test/recipes/golden/'));

interface Import {
  readonly file: string;
  readonly specifier: string;
  /** The file of the repository that it names; null: a package. */
  readonly target: string | null;
  /** Erased: nothing is loaded. */
  readonly typeOnly: boolean;
}

function importsOf(file: string): readonly Import[] {
  return [...read(file).matchAll(/^\s*(?:import|export)\b[^'"`;]*?from\s*'([^']+)'|^\s*import\s*'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/gm)].map((match) => {
    const specifier = match[1] ?? match[2] ?? match[3] ?? '';
    return { file, specifier, typeOnly: match[0].trimStart().startsWith('import type'), target: specifier.startsWith('.') ? relative(root, join(root, dirname(file), specifier)) : null };
  });
}

const name = ({ file, specifier }: Import): string => `${file} imports ${specifier}`;

describe('the core', () => {
  /** Each folder may import itself and what stands to its right. */
  const layers = ['har', 'recipes', 'fix', 'explain', 'exchange', 'fetch'];
  const layerOf = (path: string): string => path.split('/')[1] ?? '';

  it('imports nothing but its own files', () => {
    const outward = source.flatMap(importsOf).filter(({ target }) => target === null || !target.startsWith('src/'));
    expect(outward.map(name), 'src is pure: move what needs this into extension, or pass it in as an argument').toEqual([]);
  });

  it('imports along the arrows only: har -> recipes -> fix -> explain -> exchange -> fetch', () => {
    const against = source.flatMap(importsOf).filter(({ file, target }) => {
      const [from, to] = [layers.indexOf(layerOf(file)), layers.indexOf(layerOf(target ?? ''))];
      // What lies in src itself stands above all of them, and nothing imports it.
      return from !== -1 && (to === -1 || to < from);
    });
    expect(against.map(name), 'turn the arrow round: pass the value in, or move the definition to the layer that both may import').toEqual([]);
  });

  it('has no folder beside its layers', () => {
    const folders = new Set(source.filter((path) => path.split('/').length > 2).map(layerOf));
    expect([...folders].sort(), 'put the file into one of the layers, or add the layer to this test and to README.md').toEqual([...layers].sort());
  });

  it('names the source of every algorithm', () => {
    const anchored = /https:\/\/\S+#\S+|RFC \d+|https:\/\/(chromium\.googlesource|searchfox)\S+/;
    const silent = source.filter((path) => path.startsWith('src/fetch/') && !anchored.test(read(path).match(/\/\*\*[\s\S]*?\*\//g)?.join('\n') ?? ''));
    expect(silent, 'give each of these a docstring with the anchor of the standard that it implements').toEqual([]);
  });

  it('uses no platform but what platform.d.ts declares', () => {
    // What a snippet says is text.
    const code = (path: string): string => read(path).replace(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g, "''");
    const used = source.filter((path) => /\b(Date\.now|new Date\(|Math\.random|setTimeout|setInterval|performance\.|globalThis\.|process\.|console\.)/.test(code(path)));
    expect(used, 'the core has no clock, no chance and no console: take the value as an argument').toEqual([]);
  });
});

describe('the tests of src/fetch', () => {
  const algorithms = source.filter((path) => path.startsWith('src/fetch/'));
  /** Types alone: nothing to run. */
  const isTypesOnly = (path: string): boolean => !/^export (const|function)/m.test(read(path));

  it('judge one file each', () => {
    const strangers = filesIn('test/fetch').filter((path) => !algorithms.includes(`src/fetch/${basename(path).replace(/\.test\.ts$/, '.ts')}`));
    expect(strangers, 'name each of these after the file of src/fetch that it judges').toEqual([]);
  });

  it('leave none out', () => {
    const unjudged = algorithms.filter((path) => !isTypesOnly(path) && !filesIn('test/fetch').includes(`test/fetch/${basename(path, '.ts')}.test.ts`));
    expect(unjudged, 'write test/fetch/<name>.test.ts with rows from the standard for each of these').toEqual([]);
  });
});

describe('recipes', () => {
  it('are all in the list', () => {
    const list = importsOf('src/recipes/recipes.ts').map(({ target }) => target);
    const missing = source.filter((path) => path.startsWith('src/recipes/') && /: Recipe = \{/.test(read(path)) && !list.includes(path));
    expect(missing, 'import each of these in src/recipes/recipes.ts and add it to the list').toEqual([]);
    expect(list.length).toBeGreaterThan(2);
  });
});

describe('the extension', () => {
  it('has a panel that loads Preact, the core\'s entry and its own files, and nothing else', () => {
    const strangers = extension.filter((path) => path.startsWith('extension/panel/')).flatMap(importsOf).filter(({ specifier, target, typeOnly }) => !typeOnly && (
      target === null ? !/^preact(\/|$)/.test(specifier) : target !== 'src/index.ts' && !target.startsWith('extension/panel/')));
    expect(strangers.map(name), 'the panel is shown without an extension, too: take it as a port (panel/ports.ts), or export it from src/index.ts').toEqual([]);
  });

  it('enters the core through src/index.ts only', () => {
    const deep = extension.flatMap(importsOf).filter(({ target }) => target?.startsWith('src/') && target !== 'src/index.ts');
    expect(deep.map(name), 'export it from src/index.ts').toEqual([]);
  });

  it('touches the extension API in extension/browser.ts only', () => {
    const users = extension.flatMap(importsOf).filter(({ file, specifier, typeOnly }) => specifier === 'webextension-polyfill' && !typeOnly && file !== 'extension/browser.ts');
    expect(users.map(name), 'the polyfill throws outside an extension: add what you need to extension/browser.ts').toEqual([]);
    const bare = extension.filter((path) => path !== 'extension/browser.ts' && /\b(chrome|browser)\.(runtime|devtools|webRequest|tabs|storage|declarativeNetRequest|scripting|permissions)\b/.test(read(path)));
    expect(bare, 'use extension/browser.ts instead of the global').toEqual([]);
  });
});

describe('hostile strings', () => {
  it('never become markup', () => {
    const markup = [...source, ...extension].filter((path) => /innerHTML|outerHTML|insertAdjacentHTML|dangerouslySetInnerHTML|document\.write|\beval\(|new Function\(|createContextualFragment/.test(read(path)));
    expect(markup, 'everything that a page sends is hostile: let Preact write it as text').toEqual([]);
  });
});

describe('every file', () => {
  // Written in two parts, or this file would find itself.
  const forbidden = [
    { pattern: new RegExp(`(: |<|as |, )${'any'}\\b(?=\\s*[;,)>=\\]}|&]|\\[\\]|$)`, 'm'), instruction: 'say the type, or unknown and narrow it' },
    { pattern: new RegExp(`@ts-${'(ignore|nocheck)'}`), instruction: 'repair the types' },
    { pattern: new RegExp(`\\b(it|test|describe)(\\.each\\([^\\n]*\\))?\\.(${['skip', 'only', 'todo', 'fails'].join('|')})\\b`), instruction: 'a test runs or is not there' },
    { pattern: new RegExp(`eslint-${'disable'}|prettier-${'ignore'}`), instruction: 'there is no such tool here' },
    { pattern: new RegExp(`^export ${'default'}`, 'm'), instruction: 'export it by name' },
    { pattern: new RegExp(`^(export )?(${'abstract |'})${'class'} `, 'm'), instruction: 'a function and a record do' },
  ];
  /** Where a tool insists. */
  const tolerated: ReadonlyMap<string, string> = new Map([['extension/vite.config.ts', 'export default'], ['test/vitest.config.ts', 'export default']]);

  it.each(forbidden)('is without $pattern', ({ pattern, instruction }) => {
    const found = [...source, ...extension, ...tests].flatMap((path) => {
      const match = pattern.exec(read(path))?.[0];
      return match === undefined || tolerated.get(path) === match ? [] : [`${path}: ${match}`];
    });
    expect(found, instruction).toEqual([]);
  });

  it('imports with the ending of the file', () => {
    const without = [...source, ...extension, ...tests].flatMap(importsOf).filter(({ target }) => target !== null && !/\.(ts|tsx|js|json|css)(\?\w+)?$/.test(target));
    expect(without.map(name), 'write the ending: ./header-list.ts').toEqual([]);
  });
});

describe('the repository', () => {
  const allowed = [
    '.ci', '.gitignore', 'LICENSE', 'README.md', 'dist', 'extension', 'manifest.json', 'node_modules', 'out', 'package-lock.json', 'package.json', 'src', 'test', 'tsconfig.json',
  ];

  it('has nothing at its top that is not on the list', () => {
    const strangers = readdirSync(root).filter((entry) => entry !== '.git' && !allowed.includes(entry));
    expect(strangers, 'move each of these into src, extension or test, or add it to the list with a reason in README.md').toEqual([]);
  });
});
