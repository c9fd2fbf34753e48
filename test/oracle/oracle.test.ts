import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Arena, openArena } from './arena.ts';
import { type Untold, isToldBy, oracleBrowsers } from './browsers.ts';
import { generateCases } from './cases.ts';
import { knownDisagreements } from './known.ts';
import { consult } from './oracle.ts';

/** Fixed, so that a run tells of the change and not of the day. `npm run oracle` takes any other. */
const seeds = [20260101, 20260102];

describe.each(Object.entries(oracleBrowsers))('with "Ask the page" on, the panel leaves nothing open in %s', (_name, browser) => {
  const cases = generateCases(300, 20260103);
  let arena: Arena;
  beforeAll(async () => {
    await browser.ensure();
    arena = await openArena((stage) => browser.open(browser.extension, stage, true));
  });
  afterAll(() => arena?.close());

  it('on generated cases', async () => {
    const told = cases.filter((one) => isToldBy(browser, one));
    expect(told.length).toBeGreaterThan(150);
    const tally = await consult(arena, told);
    expect(tally.disagreements.map(({ why, played }) => ({ why, case: played.case, browser: played.verdict, panel: played.reported }))).toEqual([]);
    expect(tally.undecided).toBe(0);
  });

  it.each<Untold>(browser.untold)('except that $why', async ({ why, concerns }) => {
    const tally = await consult(arena, cases.filter(concerns));
    expect(tally.disagreements).toEqual([]);
    expect(tally.undecided, `Remove the row, which no longer holds: ${why}`).toBeGreaterThan(0);
  });
});

describe.each(Object.entries(oracleBrowsers))('the panel agrees with %s', (name, { ensure, extension, open }) => {
  let arena: Arena;
  beforeAll(async () => {
    await ensure();
    arena = await openArena((stage) => open(extension, stage));
  });
  afterAll(() => arena?.close());

  it.each(seeds)('on 400 generated cases, seed %i', async (seed) => {
    const tally = await consult(arena, generateCases(400, seed));
    expect(tally.disagreements.map(({ why, played }) => ({ why, case: played.case, browser: played.verdict, panel: played.reported }))).toEqual([]);
    const known = [...tally.known.values()].reduce((sum, times) => sum + times, 0);
    expect(tally.agreed + known).toBe(400);
  });

  it.each(knownDisagreements.filter(({ browser }) => browser === name))('but for $id', async ({ id, example, why }) => {
    const { known } = await consult(arena, [example]);
    expect([...known.keys()], `Remove the row ${id}, which no longer holds: ${why}`).toEqual([id]);
  });
});
