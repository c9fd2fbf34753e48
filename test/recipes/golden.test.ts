import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { validatePolicy } from '../../src/fix/cors-policy.ts';
import { recipes } from '../../src/recipes/recipes.ts';
import { policies } from './policies.ts';
import { orSkip, snippetChecker } from './recipe-server.ts';

const folder = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

describe('the named policies', () => {
  it.each(Object.entries(policies))('%s is valid', (_, policy) => {
    expect(validatePolicy(policy)).toEqual([]);
  });
});

describe('the list of recipes', () => {
  it('names every recipe of src/recipes', () => {
    const files = readdirSync(folder('../../src/recipes')).filter((file) => /^export const \w+: Recipe = /m.test(readFileSync(folder(`../../src/recipes/${file}`), 'utf8')));
    expect(recipes.map(({ id }) => `${id}.ts`).sort(), 'Add the recipe of each file of src/recipes to recipes.ts; a recipe\'s file is named by its id.').toEqual(files.sort());
  });
});

// A toolchain may have to be installed first.
describe.each(recipes.map((recipe) => [recipe.id, recipe] as const))('%s', { timeout: 600_000 }, (_, recipe) => {
  // Read before a test runs: outside CI Vitest writes a snapshot that is missing.
  const found = existsSync(folder(`golden/${recipe.id}`)) ? readdirSync(folder(`golden/${recipe.id}`)) : [];
  const rendered = Object.entries(policies).map(([name, policy]) => ({ name, rendered: recipe.render(policy) }));
  /** A format that cannot hold a policy has its refusal as its golden. */
  const goldens = rendered.map(({ name, rendered }) => `${name}.${rendered.ok ? recipe.extension : 'refused.txt'}`);

  it('has what proves it', () => {
    expect(existsSync(folder(`servers/${recipe.id}.ts`)), `Add test/recipes/servers/${recipe.id}.ts, which starts a real ${recipe.title} with a snippet.`).toBe(true);
  });

  it('has a golden for every policy, and none besides', () => {
    expect(goldens.filter((file) => !found.includes(file)), 'These goldens were missing. They are written now: review and commit them.').toEqual([]);
    expect(found.filter((file) => !goldens.includes(file)), `Remove these files from test/recipes/golden/${recipe.id}, or name their policies in test/recipes/policies.ts.`).toEqual([]);
  });

  it.each(rendered.map(({ name, rendered }, index) => [name, rendered, goldens[index] ?? ''] as const))('renders %s as its golden', async (_, rendered, golden) => {
    await expect(rendered.ok ? rendered.snippet : `${rendered.refused}\n`).toMatchFileSnapshot(folder(`golden/${recipe.id}/${golden}`));
  });

  it('renders what its own parser accepts', async (context) => {
    const { check } = await snippetChecker(recipe.id);
    await orSkip(context, () => check(rendered.flatMap(({ rendered }) => (rendered.ok ? [rendered.snippet] : []))));
  });

  it('speaks in short sentences', () => {
    for (const text of [recipe.where, recipe.pitfall, recipe.active]) expect(text).toMatch(/^[A-Z].*\.$/);
    expect(recipe.docs).toMatch(/^https:\/\//);
  });
});
