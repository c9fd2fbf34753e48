import type { OracleCase } from './cases.ts';
import type { PlayedCase } from './play.ts';

/** How the panel's report compares with the browser's verdict. */
export type Comparison =
  | { readonly kind: 'agreed' }
  /** The code stands in `alternatives`: the case has to be played again with the other credentials mode. */
  | { readonly kind: 'alternative'; readonly otherMode: OracleCase; readonly codes: readonly string[] }
  | { readonly kind: 'disagreed'; readonly why: string };

export function compare({ case: one, verdict, reported, actualSent }: PlayedCase): Comparison {
  const disagreed = (why: string): Comparison => ({ kind: 'disagreed', why });
  if (verdict.outcome === 'not-sent') return reported === null ? { kind: 'agreed' } : disagreed('the browser never sent it');
  if (reported === null) return disagreed('the exchange is not in the report');
  if (verdict.outcome === 'failed') {
    return reported.error === null && (reported.outcome === 'failed' || reported.outcome === 'unknown')
      ? { kind: 'agreed' }
      : disagreed(`the browser failed with ${verdict.netError}, the panel says ${reported.outcome}`);
  }
  if (verdict.outcome !== reported.outcome) return disagreed(`the browser says ${verdict.outcome}, the panel ${reported.outcome}`);
  if (verdict.outcome === 'allowed') return { kind: 'agreed' };
  const { error } = reported;
  if (error === null) return disagreed('blocked without an error');
  if (error.alternatives.length > 0) {
    const codes = [error.code, ...error.alternatives];
    const traced = one.host === 'cross-site' || one.cookie;
    if (actualSent && traced) return disagreed(`${codes.join(' or ')}, although an actual request was sent and shows which`);
    if (!codes.includes(verdict.code)) return disagreed(`the browser says ${verdict.code}, the panel ${codes.join(' or ')}`);
    // The redirect mode leaves no trace either: only one that follows looks at where a redirect leads.
    const otherMode: OracleCase = { ...one, credentials: one.credentials === 'include' ? 'omit' : 'include', redirect: actualSent ? 'follow' : one.redirect };
    return { kind: 'alternative', otherMode, codes };
  }
  if (error.code !== verdict.code) return disagreed(`the browser says ${verdict.code}, the panel ${error.code}`);
  if (error.parameter !== verdict.parameter) {
    return disagreed(`${verdict.code} with parameter ${JSON.stringify(verdict.parameter)} in the browser, ${JSON.stringify(error.parameter)} in the panel`);
  }
  return { kind: 'agreed' };
}

/** Whether the two modes give exactly the codes that the panel named, and one of them each. */
export function isHonestAlternative(codes: readonly string[], first: PlayedCase, second: PlayedCase): boolean {
  const played = [first, second].map(({ verdict }) => (verdict.outcome === 'blocked' ? verdict.code : verdict.outcome));
  return codes.length === 2 && played.length === 2 && codes.every((code) => played.includes(code as never));
}
