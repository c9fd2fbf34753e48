import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HeaderList } from '../../src/fetch/header-list.ts';
import type { CorsPolicy } from '../../src/fix/cors-policy.ts';
import { respond } from '../../src/fix/respond.ts';
import { recipes } from '../../src/recipes/recipes.ts';
import { orSkip, snippetChecker } from './recipe-server.ts';

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
  it('holds hostile values as values, or refuses', async (context) => {
    const { read } = await snippetChecker(recipe.id);
    let held = 0;
    // Many at once: some languages are read by an interpreter that has to be started.
    await orSkip(context, () => fc.assert(fc.asyncProperty(fc.array(policy, { minLength: 500, maxLength: 500 }), async (policies) => {
      const rendered = policies.map((policy) => ({ policy, rendered: recipe.render(policy) }));
      const snippets = rendered.flatMap(({ policy, rendered }) => (rendered.ok ? [{ policy, snippet: rendered.snippet }] : []));
      for (const { rendered: { ok, ...refusal } } of rendered) if (!ok) expect(refusal).toEqual({ refused: expect.stringMatching(/^[\x20-\x7e]+\.$/) });
      for (const { snippet } of snippets) expect(snippet, 'a snippet is printable ASCII, indented by blanks or tabs').toMatch(/^(?:\t*[\x20-\x7e]*\n)*$/);
      const readers = await read(snippets.map(({ snippet }) => snippet));
      expect(readers.length).toBe(snippets.length);
      for (const [index, { policy }] of snippets.entries()) {
        for (const origin of [...policy.origins, 'https://evil.example', null]) {
          for (const isPreflight of [true, false]) {
            expect(sorted(readers[index]?.({ origin, isPreflight }) ?? [])).toEqual(sorted(respond(policy, { origin, isPreflight })));
          }
        }
      }
      held += snippets.length;
    }), { numRuns: 4 }));
    expect(held, 'policies that were not refused').toBeGreaterThan(250);
  });

  it('renders what its own parser accepts', async (context) => {
    const { check } = await snippetChecker(recipe.id);
    const snippet = policy.map((policy) => recipe.render(policy)).filter((rendered) => rendered.ok).map((rendered) => (rendered.ok ? rendered.snippet : ''));
    await orSkip(context, () => fc.assert(fc.asyncProperty(fc.array(snippet, { minLength: 40, maxLength: 40 }), check), { numRuns: 1 }));
  });

  it('takes linear time', () => {
    const time = (length: number): number => {
      const long = (character: string): CorsPolicy => ({ origins: [`https://${character.repeat(length)}`], credentialed: true, methods: [character.repeat(length)], requestHeaders: [character.repeat(length)], exposedHeaders: [], maxAge: 1 });
      const start = performance.now();
      for (const character of ['a', '\\', '$', '%', "'", '\n']) recipe.render(long(character));
      return performance.now() - start;
    };
    time(20_000);
    // Quadratic time would be a hundredfold and more than any pause of the machine.
    expect(time(200_000)).toBeLessThan(50 * Math.max(time(20_000), 2));
  });
});
