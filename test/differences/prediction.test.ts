import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type OracleCase, generateCases } from '../oracle/cases.ts';
import { fill } from '../oracle/placeholders.ts';
import type { ExchangeReport } from '../../src/index.ts';
import { type Arena, type Duel, isPreflight, openArena } from './arena.ts';

/** Every case is played in both browsers, one after the other. */
const count = 100;
const seed = 20260103;

const cases = generateCases(count, seed).filter(({ page, mode, redirect }) => page === 'tuple' && mode === 'cors' && redirect === 'follow');

const duelOf = ({ hops, method, headers, credentials }: OracleCase, index: number): Duel => ({
  id: `generated-${index}`,
  requests: [{ method, headers: Object.fromEntries(headers), credentials, cache: 'no-store' }],
  answer(request, { app, api }) {
    const at = Number(/\/hop-(\d+)$/.exec(request.target)?.[1] ?? 0);
    const hop = hops[at];
    return hop === undefined ? { status: 404, headers: [] } : fill(isPreflight(request) ? hop.preflight : hop.actual, request, { app, api: new URL(api).origin, next: `${api}/hop-${at + 1}`, elsewhere: new URL(`${api}/hop-${hops.length}`).pathname, method });
  },
});

/** What one browser's panel says that the other one does; null: it says nothing. */
function saidOf(reported: ExchangeReport | undefined): string | null {
  const other = reported?.otherBrowser;
  if (!other || other.outcome === 'unknown') return null;
  return other.outcome === 'allowed' ? 'allowed' : other.reason ?? 'failed';
}

const withoutHeader = (verdict: string): string => verdict.split(' ', 1).join();

describe('the panel in one browser says of the other', () => {
  let arena: Arena;
  beforeAll(async () => {
    arena = await openArena();
  });
  afterAll(() => arena?.close());

  it(`nothing that it does not do, on ${cases.length} generated cases`, { timeout: 400_000 }, async () => {
    const { chromium, firefox } = arena.contestants;
    let said = 0;
    for (const [index, one] of cases.entries()) {
      const looks = [await chromium.play(duelOf(one, index)), await firefox.play(duelOf(one, index))] as const;
      await vi.waitFor(async () => {
        const [inChromium, inFirefox] = [await looks[0](), await looks[1]()];
        const ofFirefox = saidOf(inChromium.reported);
        const ofChromium = saidOf(inFirefox.reported);
        if (ofFirefox !== null) expect(ofFirefox, `Chromium's panel of Firefox: ${JSON.stringify(one)}`).toBe(withoutHeader(inFirefox.verdict));
        if (ofChromium !== null) expect(ofChromium, `Firefox's panel of Chromium: ${JSON.stringify(one)}`).toBe(withoutHeader(inChromium.verdict));
        said += [ofFirefox, ofChromium].filter((word) => word !== null).length;
      }, { timeout: 5_000, interval: 50 });
    }
    expect(said, 'cases of which something is said').toBeGreaterThan(cases.length / 4);
  });
});
