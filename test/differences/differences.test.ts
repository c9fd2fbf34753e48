import { afterAll, beforeAll, describe, expect, it, test, vi } from 'vitest';
import { type BrowserProfile, browserProfiles } from '../../src/fetch/browser-profile.ts';
import { type ProfileField, browserDifferences } from '../../src/explain/browser-differences.ts';
import { type Arena, openArena } from './arena.ts';
import { differenceCases, notPlayed } from './cases.ts';

const ids = browserDifferences.map(({ id }) => id);

/** What a browser lets an extension see of its network. No decision depends on it. */
const sight: ReadonlySet<ProfileField> = new Set<ProfileField>([
  'name', 'preflightComesFirst', 'corsNetworkError', 'vagueRedirectNetworkError', 'completedMeansReadable', 'refusedRedirectCompletes', 'redirectMeansPassed', 'abortNetworkError',
]);

const valueOf = (profile: BrowserProfile, field: ProfileField): unknown => {
  const [name, ofCache] = field.split('.');
  const value: unknown = ofCache === undefined ? profile[name as keyof BrowserProfile] : profile.cache[ofCache as keyof BrowserProfile['cache']];
  return value instanceof Set || value instanceof Map ? [...value].map(String) : value;
};

describe('the known differences of the browsers', () => {
  const { chromium, firefox } = browserProfiles;
  const fields = [...Object.keys(chromium).filter((name) => name !== 'cache'), ...Object.keys(chromium.cache).map((name) => `cache.${name}`)] as ProfileField[];

  it('have a row for every field in which the profiles differ', () => {
    const silent = fields.filter((field) => !sight.has(field) && JSON.stringify(valueOf(chromium, field)) !== JSON.stringify(valueOf(firefox, field))
      && !browserDifferences.some((row) => row.field === field));
    expect(silent, 'Add a row for each of these to browserDifferences, or make the profiles agree.').toEqual([]);
  });

  it.each(browserDifferences)('$id is expressed by its field, and vanishes when that is made even', ({ field, even }) => {
    if (field === null) return expect(even(firefox, chromium)).toEqual(firefox);
    expect(valueOf(firefox, field), `The profiles agree in ${field}: remove the row or correct the profiles.`).not.toEqual(valueOf(chromium, field));
    expect(valueOf(even(firefox, chromium), field)).not.toEqual(valueOf(firefox, field));
  });

  it('make the browsers one when all of them are made even', () => {
    const even = browserDifferences.reduce((profile, row) => row.even(profile, chromium), firefox);
    for (const field of fields) if (!sight.has(field)) expect(valueOf(even, field), field).toEqual(valueOf(chromium, field));
  });

  it.each(browserDifferences)('$id is told in words with their source', ({ chromium: inChromium, firefox: inFirefox, source }) => {
    for (const words of [inChromium, inFirefox]) expect(words, 'a clause that goes on after the browser\'s name').toMatch(/^[a-z][^.]{20,}[^.\s]$/);
    expect(source.chromium).toMatch(/^https:\/\/chromium\.googlesource\.com\/chromium\/src\/\+\/refs\/heads\/main\/\S+\.cc$/);
    expect(source.firefox).toMatch(/^https:\/\/searchfox\.org\/mozilla-central\/source\/\S+\.cpp$/);
  });

  it('have an id each, and a case or a reason for having none', () => {
    expect(new Set(ids).size).toBe(ids.length);
    expect([...Object.keys(differenceCases), ...notPlayed.keys()].sort(), 'Add what is missing to test/differences/cases.ts, and remove what has no row.').toEqual([...ids].sort());
  });
});

describe('played in both browsers', () => {
  let arena: Arena;
  beforeAll(async () => {
    arena = await openArena();
  });
  afterAll(() => arena?.close());

  test.each(Object.keys(differenceCases))('%s still holds', async (id) => {
    const { chromium, firefox, ...duel } = differenceCases[id] ?? expect.fail();
    for (const [name, expected] of Object.entries({ chromium, firefox })) {
      const { play, version } = arena.contestants[name as 'chromium' | 'firefox'];
      const look = await play({ id, ...duel });
      await vi.waitFor(async () => {
        const { verdict, sent } = await look();
        expect({ verdict, sent }, `${name} ${version} no longer does so: remove the row ${id} from browserDifferences, or correct it and the profile.`).toEqual(expected);
      }, { timeout: 5_000, interval: 50 });
    }
  });
});
