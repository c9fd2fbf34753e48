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
const policyOf = (origin: fc.Arbitrary<string>, name: fc.Arbitrary<string>, method = name): fc.Arbitrary<CorsPolicy> => fc.record({
  origins: values(origin).filter((list) => list.length > 0),
  credentialed: fc.boolean(),
  methods: values(method),
  requestHeaders: values(name),
  exposedHeaders: values(name),
  maxAge: fc.constantFrom(null, 0, 600),
});
const rarely = (rare: fc.Arbitrary<string>, ...values: readonly string[]): fc.Arbitrary<string> =>
  fc.oneof({ weight: 19, arbitrary: fc.constantFrom(...values) }, { weight: 1, arbitrary: rare });
/** As hostile as a value can be that is text and no pattern. */
const printableOrigin = fc.string({ unit: fc.constantFrom(..."'\"`\\$%{}<>#;/!^~|=()[]-.09azAZ"), maxLength: 8 }).map((tail) => `https://${tail}`);
const name = fc.string({ unit: fc.constantFrom(..."!#$%&'+-.^_`|~09azAZ"), minLength: 1, maxLength: 8 });
const ordinary = fc.constantFrom('https://app.example', 'http://[::1]:5173', 'x-a');
// One hostile value among ordinary ones shows more than many, of which the first is refused; tokens are the worst that HTTP allows.
const policy = fc.oneof(
  // Some formats hold hardly more than these.
  { weight: 2, arbitrary: policyOf(fc.constantFrom('https://app.example', 'http://app.example:8080'), rarely(hostile, 'etag', 'x-a', 'x-b'), rarely(hostile, 'PUT', 'DELETE')) },
  policyOf(origin, hostile),
  policyOf(fc.constantFrom('https://app.example', 'http://[::1]:5173'), fc.oneof(hostile, ordinary, ordinary)),
  policyOf(origin, ordinary),
  policyOf(fc.constantFrom('https://app.example', 'http://[::1]:5173'), token),
  // And some hold one origin, and headers for scripts to read.
  { weight: 2, arbitrary: policyOf(printableOrigin, name).map((policy): CorsPolicy => ({ ...policy, origins: [...policy.origins].slice(0, 1), methods: [], requestHeaders: [] })) },
);

/** In one order, without a header that is empty: nginx leaves it out, and it grants nothing. */
const sorted = (headers: HeaderList): HeaderList => headers.filter(([, value]) => value !== '').sort(([a], [b]) => (a < b ? -1 : 1));

/** Another one in each run; a failure names it. */
const seed = Date.now() % 2 ** 31;

// A toolchain may have to be installed first.
describe.each(recipes.map((recipe) => [recipe.id, recipe] as const))('%s', { timeout: 600_000 }, (_, recipe) => {
  it('holds hostile values as values, or refuses', async (context) => {
    const held: { readonly policy: CorsPolicy; readonly snippet: string }[] = [];
    for (const hostile of fc.sample(policy, { seed, numRuns: 2000 })) {
      const rendered = recipe.render(hostile);
      if (rendered.ok) {
        const policy = rendered.deviation?.policy ?? hostile;
        // Whatever a service makes of the rest, it lets nobody else in.
        expect({ origins: policy.origins, methods: policy.methods }).toEqual({ origins: hostile.origins, methods: hostile.methods });
        held.push({ policy, snippet: rendered.snippet });
      } else expect(rendered.refused).toMatch(/^[\x20-\x7e]+\.$/);
    }
    expect(held.length, 'policies that were not refused').toBeGreaterThan(250);
    // All at once: some languages are read by an interpreter that has to be started.
    const { read } = await snippetChecker(recipe.id);
    const readers = await orSkip(context, () => read(held.map(({ snippet }) => snippet)));
    for (const [index, { policy, snippet }] of held.entries()) {
      const what = `seed ${seed}, ${JSON.stringify(policy)}`;
      expect(snippet, `${what}: a snippet is printable ASCII, indented by blanks or tabs`).toMatch(/^(?:\t*[\x20-\x7e]*\n)*$/);
      const cases = [...policy.origins, 'https://evil.example', null].flatMap((origin) => [true, false].map((isPreflight) => ({ origin, isPreflight })));
      const seen = cases.map((request) => sorted(readers[index]?.(request) ?? []));
      const wanted = cases.map((request) => sorted(respond(policy, request)));
      // Ten thousands of them: a matcher alone would take most of the time.
      if (JSON.stringify(seen) !== JSON.stringify(wanted)) expect(seen, what).toEqual(wanted);
    }
  });

  it('renders what its own parser accepts', async (context) => {
    const { check } = await snippetChecker(recipe.id);
    const snippet = policy.map((policy) => recipe.render(policy)).filter((rendered) => rendered.ok).map((rendered) => (rendered.ok ? rendered.snippet : ''));
    await orSkip(context, () => check(fc.sample(snippet, { seed, numRuns: 40 })));
  });

  it('takes linear time', () => {
    const time = (length: number): number => {
      const long = (character: string): CorsPolicy => ({ origins: [`https://${character.repeat(length)}`], credentialed: true, methods: [character.repeat(length)], requestHeaders: [character.repeat(length)], exposedHeaders: [], maxAge: 1 });
      const before = process.cpuUsage();
      for (const character of ['a', '\\', '$', '%', "'", '\n']) recipe.render(long(character));
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1000;
    };
    time(20_000);
    // Quadratic time would be a hundredfold and more than any pause of the machine.
    expect(time(200_000)).toBeLessThan(50 * Math.max(time(20_000), 2));
  });
});
