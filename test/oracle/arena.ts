import type { CorsErrorCode } from '../../src/index.ts';
import type { ExchangeReport, Report } from '../../src/report.ts';
import type { OracleCase } from './cases.ts';
import { type Stage, caseIdOf, openStage } from './stage.ts';

/** What the browser did with one case. */
export type BrowserVerdict =
  | { readonly outcome: 'allowed' }
  /** `parameter`: null where the browser names none. */
  | { readonly outcome: 'blocked'; readonly reason: string; readonly parameter: string | null }
  /** It gave no reason that is about CORS. */
  | { readonly outcome: 'failed'; readonly netError: string }
  /** The script's own error: the request never reached the network. */
  | { readonly outcome: 'not-sent' };

/** A real browser with the built extension and its panel open on two pages. */
export interface OracleBrowser {
  readonly name: 'chromium' | 'firefox';
  /** Name and version. */
  readonly version: string;
  /** What the browser calls what the panel names by Chrome's code; empty: it gives no reason. */
  reasonOf(code: CorsErrorCode): string;
  /** Cases that the extension cannot tell from this one, and the browser can. */
  lookAlikes(one: OracleCase): readonly OracleCase[];
  readonly pages: Readonly<Record<OracleCase['page'], OraclePage>>;
  close(): Promise<void>;
}

export interface OraclePage {
  /** Plays the cases, by their ids, and resolves once browser and panel have judged each; without a verdict it was not sent. */
  play(cases: ReadonlyMap<number, OracleCase>): Promise<{ readonly verdicts: ReadonlyMap<number, BrowserVerdict>; readonly report: Report }>;
}

export interface PlayedCase {
  readonly case: OracleCase;
  readonly verdict: BrowserVerdict;
  /** What the panel says of it; null: it is not in the report. */
  readonly reported: ExchangeReport | null;
}

/** A browser and the servers that answer as the cases say. */
export interface Arena {
  readonly browser: OracleBrowser;
  /** Each result stands where its case does. */
  play(cases: readonly OracleCase[]): Promise<readonly PlayedCase[]>;
  close(): Promise<void>;
}

export async function openArena(openBrowser: (stage: Stage) => Promise<OracleBrowser>): Promise<Arena> {
  const stage = await openStage();
  const browser = await openBrowser(stage);
  return {
    browser,
    async play(cases) {
      stage.perform(cases);
      const verdicts = new Map<number, BrowserVerdict>();
      const reports = new Map<number, ExchangeReport>();
      for (const kind of ['tuple', 'opaque'] as const) {
        const mine = new Map([...cases.entries()].filter(([, { page }]) => page === kind));
        if (mine.size === 0) continue;
        const played = await browser.pages[kind].play(mine);
        for (const [id, verdict] of played.verdicts) verdicts.set(id, verdict);
        for (const exchange of played.report.exchanges) reports.set(caseIdOf(exchange.url), exchange);
      }
      return cases.map((one, id) => ({ case: one, verdict: verdicts.get(id) ?? { outcome: 'not-sent' }, reported: reports.get(id) ?? null }));
    },
    async close() {
      await browser.close();
      await stage.close();
    },
  };
}
