import type { CorsErrorCode } from '../../src/index.ts';
import type { OracleBrowser, PlayedCase } from './arena.ts';

/** How the panel's report compares with the browser's verdict. */
export type Comparison =
  | { readonly kind: 'agreed' }
  /** The panel cannot know which of these it was: cases that look the same have to show that each of them is possible. */
  | { readonly kind: 'undecided'; readonly verdicts: readonly string[] }
  | { readonly kind: 'disagreed'; readonly why: string };

export function compare(played: PlayedCase, browser: OracleBrowser): Comparison {
  const { verdict, reported } = played;
  const disagreed = (why: string): Comparison => ({ kind: 'disagreed', why });
  if (verdict.outcome === 'not-sent') return reported === null ? { kind: 'agreed' } : disagreed('the browser never sent it');
  if (reported === null) return disagreed('the exchange is not in the report');
  if (reported.outcome === 'unknown' && verdict.outcome !== 'failed') return { kind: 'undecided', verdicts: [] };
  if (verdict.outcome === 'failed') {
    const isNamed = reported.error !== null && browser.reasonOf(reported.error.code as CorsErrorCode) !== '';
    return !isNamed && reported.outcome !== 'allowed' && reported.outcome !== 'pending'
      ? { kind: 'agreed' }
      : disagreed(`the browser failed with ${verdict.netError}, the panel says ${reported.error?.code ?? reported.outcome}`);
  }
  if (verdict.outcome !== reported.outcome) return disagreed(`the browser says ${saidBy(played)}, the panel ${reported.error?.code ?? reported.outcome}`);
  if (verdict.outcome === 'allowed') return { kind: 'agreed' };
  const { error } = reported;
  if (error === null) return disagreed('blocked without an error');
  const reasons = [...new Set([error.code, ...error.alternatives].map((code) => browser.reasonOf(code as CorsErrorCode) || 'failed'))];
  if (!reasons.includes(verdict.reason)) return disagreed(`the browser says ${verdict.reason}, the panel ${reasons.join(' or ')}`);
  if (reasons.length > 1) return { kind: 'undecided', verdicts: reasons };
  if (verdict.parameter !== null && error.parameter !== verdict.parameter) {
    return disagreed(`${verdict.reason} with parameter ${JSON.stringify(verdict.parameter)} in the browser, ${JSON.stringify(error.parameter)} in the panel`);
  }
  return { kind: 'agreed' };
}

/** A verdict in one word. */
export const saidBy = ({ verdict }: PlayedCase): string => (verdict.outcome === 'blocked' ? verdict.reason : verdict.outcome);

/**
 * Whether the panel was right to leave it open: of the cases of which it says the same, some have each verdict that it
 * named, or, where it named none, more than one.
 */
export function isHonest(verdicts: readonly string[], played: PlayedCase, others: readonly PlayedCase[]): boolean {
  const given = new Set([played, ...others.filter((other) => toldOf(other) === toldOf(played))].map(saidBy));
  return verdicts.length === 0 ? given.size > 1 : verdicts.every((verdict) => given.has(verdict));
}

/** What the panel says of a case, but for what names the case. */
const toldOf = ({ reported }: PlayedCase): string => JSON.stringify(reported && [
  reported.outcome, reported.mode, reported.credentials, [reported.error?.code, ...reported.error?.alternatives ?? []].sort(),
]);
