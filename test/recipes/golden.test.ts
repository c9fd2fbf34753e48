import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { validatePolicy } from '../../src/fix/cors-policy.ts';
import { recipes } from '../../src/recipes/recipes.ts';
import { policies } from './policies.ts';
import { recipeServer } from './recipe-server.ts';

const folder = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

describe('the named policies', () => {
  it.each(Object.entries(policies))('%s is valid', (_, policy) => {
    expect(validatePolicy(policy)).toEqual([]);
  });
});

describe('the list of recipes', () => {
  it('names every recipe of src/recipes', () => {
    const notRecipes = ['recipe.ts', 'recipes.ts', 'javascript.ts'];
    const files = readdirSync(folder('../../src/recipes')).filter((file) => !notRecipes.includes(file));
    expect(recipes.map(({ id }) => `${id}.ts`).sort(), 'Add the recipe of each file of src/recipes to recipes.ts; a recipe\'s file is named by its id.').toEqual(files.sort());
  });
});

describe.each(recipes.map((recipe) => [recipe.id, recipe] as const))('%s', (_, recipe) => {
  // Read before a test runs: outside CI Vitest writes a snapshot that is missing.
  const found = existsSync(folder(`golden/${recipe.id}`)) ? readdirSync(folder(`golden/${recipe.id}`)) : [];
  const goldens = Object.keys(policies).map((name) => `${name}.${recipe.extension}`);

  it('has a server in which it is proven', () => {
    expect(existsSync(folder(`servers/${recipe.id}.ts`)), `Add test/recipes/servers/${recipe.id}.ts, which starts a real ${recipe.title} with a snippet.`).toBe(true);
  });

  it('has a golden for every policy, and none besides', () => {
    expect(goldens.filter((file) => !found.includes(file)), 'These goldens were missing. They are written now: review and commit them.').toEqual([]);
    expect(found.filter((file) => !goldens.includes(file)), `Remove these files from test/recipes/golden/${recipe.id}, or name their policies in test/recipes/policies.ts.`).toEqual([]);
  });

  it.each(Object.entries(policies))('renders %s as its golden, which its own parser accepts', async (name, policy) => {
    const rendered = recipe.render(policy);
    if (!rendered.ok) throw new Error(`The recipe refused a valid policy: ${rendered.refused}`);
    await expect(rendered.snippet).toMatchFileSnapshot(folder(`golden/${recipe.id}/${name}.${recipe.extension}`));
    await (await recipeServer(recipe.id)).check(rendered.snippet);
  });
});
