import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HeaderList } from '../../src/fetch/header-list.ts';
import type { CorsPolicy } from '../../src/fix/cors-policy.ts';
import { respond } from '../../src/fix/respond.ts';
import { recipes } from '../../src/recipes/recipes.ts';
import { recipeServer } from './recipe-server.ts';

/**
 * What a page may put into a policy, were it not validated: every recipe must then hold it as a value and as nothing
 * else, or refuse.
 */
const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(...'\'"`\\$%{}<>#;/*!^~|=()[]-., \t\n\r\0', '${', '%{', '//', '/*', '*/', '\u2028', '\u2029', '\u202e', '\u2066', '\ufeff', '\ud800', 'é') }),
  fc.constantFrom(
    "');process.exit(1);//", '`${process.exit(1)}`', "\\');//", '</script>', '\n}\n', '";} server { listen 80; } #', '$host', '${cors_dollar}', '%{HTTP_HOST}e', '${PATH}',
    '"\nInclude /etc/passwd\n"', 'expr=true', '\\', '"', "'", '~^.*$', '\\~', 'default', 'hostnames', 'include', 'volatile', '%', '%%', '$0', '__proto__', 'x'.repeat(5000), '\\'.repeat(3000),
  ),
);
const origin = fc.oneof(hostile, hostile.map((tail) => `https://${tail}`), fc.constantFrom('https://app.example', 'http://[::1]:5173'));
const token = fc.string({ unit: fc.constantFrom(..."!#$%&'*+-.^_`|~09azAZ"), minLength: 1 });
const values = (value: fc.Arbitrary<string>) => fc.uniqueArray(value, { maxLength: 4, selector: (item) => item.toLowerCase() });
const policyOf = (origin: fc.Arbitrary<string>, name: fc.Arbitrary<string>): fc.Arbitrary<CorsPolicy> => fc.record({
  origins: values(origin).filter((list) => list.length > 0),
  credentialed: fc.boolean(),
  methods: values(name),
  requestHeaders: values(name),
  exposedHeaders: values(name),
  maxAge: fc.constantFrom(null, 0, 600),
});
const ordinary = fc.constantFrom('https://app.example', 'http://[::1]:5173', 'x-a');
// One hostile value among ordinary ones shows more than many, of which the first is refused; tokens are the worst that HTTP allows.
const policy = fc.oneof(
  policyOf(origin, hostile),
  policyOf(fc.constantFrom('https://app.example', 'http://[::1]:5173'), fc.oneof(hostile, ordinary, ordinary)),
  policyOf(origin, ordinary),
  policyOf(fc.constantFrom('https://app.example', 'http://[::1]:5173'), token),
);

/** In one order, without a header that is empty: nginx leaves it out, and it grants nothing. */
const sorted = (headers: HeaderList): HeaderList => headers.filter(([, value]) => value !== '').sort(([a], [b]) => (a < b ? -1 : 1));

describe.each(recipes.map((recipe) => [recipe.id, recipe] as const))('%s', (_, recipe) => {
  it('holds hostile values as values, or refuses', async () => {
    const { read } = await recipeServer(recipe.id);
    let held = 0;
    fc.assert(fc.property(policy, (policy) => {
      const rendered = recipe.render(policy);
      if (!rendered.ok) {
        expect(rendered.refused).toMatch(/^[\x20-\x7e]+\.$/);
        return;
      }
      expect(rendered.snippet, 'a snippet is printable ASCII').toMatch(/^[\x20-\x7e\n]*$/);
      const answer = read(rendered.snippet);
      for (const origin of [...policy.origins, 'https://evil.example', null]) {
        for (const isPreflight of [true, false]) {
          expect(sorted(answer({ origin, isPreflight }))).toEqual(sorted(respond(policy, { origin, isPreflight })));
        }
      }
      held++;
    }), { numRuns: 1000 });
    expect(held, 'policies that were not refused').toBeGreaterThan(250);
  });

  it('renders what its own parser accepts', async () => {
    const { check } = await recipeServer(recipe.id);
    let checked = 0;
    await fc.assert(fc.asyncProperty(policy.filter((policy) => recipe.render(policy).ok), async (policy) => {
      const rendered = recipe.render(policy);
      if (rendered.ok) await check(rendered.snippet);
      checked++;
    }), { numRuns: 40 });
    expect(checked).toBeGreaterThanOrEqual(40);
  });

  it('takes linear time', () => {
    const time = (length: number): number => {
      const long = (character: string): CorsPolicy => ({ origins: [`https://${character.repeat(length)}`], credentialed: true, methods: [character.repeat(length)], requestHeaders: [character.repeat(length)], exposedHeaders: [], maxAge: 1 });
      const start = performance.now();
      for (const character of ['a', '\\', '$', '%', "'", '\n']) recipe.render(long(character));
      return performance.now() - start;
    };
    time(100_000);
    // Quadratic time would be a hundredfold and more than any pause of the machine.
    expect(time(1_000_000)).toBeLessThan(50 * Math.max(time(100_000), 10));
  });
});
