import type { BrowserProfile } from '../fetch/browser-profile.ts';
import type { CredentialsMode } from '../fetch/request.ts';
import type { Exchange, Hop, SeenResponse } from '../exchange/exchange.ts';
import { type JudgedResponse, judge } from './judge.ts';

/** What a server might answer to one hop of an exchange. */
export interface Answers {
  /** To its preflight; null: it had none, or that was served from the cache. */
  readonly preflight: SeenResponse | null;
  readonly response: SeenResponse;
}

/**
 * Where a browser would stop if the server answered so, the hops before as they were seen; null: every check passes. A
 * redirect in `response` is judged as far as its own headers and its target's URL go.
 */
export function stopIf(exchange: Exchange, hop: number, answers: Answers, credentials: CredentialsMode, profile: BrowserProfile): JudgedResponse | null {
  const [first, ...rest] = exchange.hops.slice(0, hop + 1).map((seen, index) => (index === hop ? answered(seen, answers) : seen));
  if (!first) return null;
  // Nothing has ended yet, so a redirect is about to be followed.
  return judge({ ...exchange, hops: [first, ...rest], end: { kind: 'pending' } }, credentials, profile).find(({ error }) => error !== null) ?? null;
}

const answered = (hop: Hop, { preflight, response }: Answers): Hop => ({
  ...hop, response, redirectedTo: null,
  preflight: hop.preflight?.from === 'network' && preflight ? { ...hop.preflight, response: preflight, error: null } : hop.preflight,
});
