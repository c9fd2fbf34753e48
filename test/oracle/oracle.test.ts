import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureChromium } from '../browser/install.ts';
import { extensionFolder } from '../playground/extension.ts';
import { generateCases } from './cases.ts';
import { consult } from './oracle.ts';
import { type Arena, openArena } from './play.ts';

/** Fixed, so that a run tells of the change and not of the day. `npm run oracle` takes any other. */
const seeds = [20260101, 20260102];

describe('the panel agrees with Chromium', () => {
  let arena: Arena;
  beforeAll(async () => {
    await ensureChromium();
    arena = await openArena(extensionFolder);
  });
  afterAll(() => arena?.close());

  it.each(seeds)('on 400 generated cases, seed %i', async (seed) => {
    const tally = await consult(arena, generateCases(400, seed));
    expect(tally.disagreements.map(({ why, played }) => ({ why, case: played.case, browser: played.verdict, panel: played.reported }))).toEqual([]);
    expect(tally.agreed).toBe(400);
  });
});
