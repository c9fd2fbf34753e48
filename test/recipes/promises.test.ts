import { describe, expect, it } from 'vitest';
import type { CorsPolicy } from '../../src/fix/cors-policy.ts';
import type { Recipe } from '../../src/recipes/recipe.ts';
import { recipes } from '../../src/recipes/recipes.ts';
import { policies } from './policies.ts';
import { type Promises, type RecipeServer, orSkip, snippetChecker } from './recipe-server.ts';

interface Tried {
  readonly recipe: Recipe;
  readonly server: RecipeServer;
  readonly promises: Promises;
}

const tried = (await Promise.all(recipes.map(async (recipe): Promise<readonly Tried[]> => {
  const server = await snippetChecker(recipe.id) as Partial<RecipeServer>;
  return server.promises ? [{ recipe, server: server as RecipeServer, promises: server.promises }] : [];
}))).flat();

const policy: CorsPolicy = policies['credentialed-two-origins'];
const origin = 'https://admin.example';

function snippetOf({ title, render }: Recipe): string {
  const rendered = render(policy);
  if (!rendered.ok) throw new Error(`${title} refuses the policy: ${rendered.refused}`);
  return rendered.snippet;
}

it('is tried for the servers whose commands are at hand', () => {
  expect(tried.map(({ recipe }) => recipe.id)).toEqual(expect.arrayContaining(['apache', 'caddy', 'express', 'haproxy', 'lighttpd', 'nginx']));
});

describe.each(tried.map((one) => [one.recipe.id, one] as const))('%s', (_, { recipe, server, promises: { active, log } }) => {
  it(`shows by “${active.command}” that it runs with the snippet`, async (context) => {
    expect(recipe.active, 'name the command in `active`, or run another one in the test').toContain(active.command);
    const snippet = snippetOf(recipe);
    const printed = await orSkip(context, () => active.run(snippet));
    const shown = active.shows?.(snippet, recipe.active);
    expect(shown).not.toEqual([]);
    for (const words of shown ?? []) expect(printed).toContain(words);
  });

  if (!log) return;
  it('logs what `log` says', async (context) => {
    const snippet = log.add(snippetOf(recipe), recipe.log ?? '');
    expect(snippet).not.toBe(snippetOf(recipe));
    await orSkip(context, () => server.check([snippet]));
    const { read } = log;
    if (read) expect(await orSkip(context, () => read(snippet, origin))).toContain(`${origin} -> ${origin}`);
  });
});
