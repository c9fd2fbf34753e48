import { type Diagnosis, type Exchange, lastHop } from '../../../src/index.ts';

/** What became of one of the two requests of an exchange. */
export type Mark = 'blocked' | 'passed' | 'cache' | 'never' | 'unchecked' | 'not-cors' | 'pending' | 'unknown';

/** In words, for who cannot see the glyph. */
export const markNames: Readonly<Record<Mark, string>> = {
  'blocked': 'blocked',
  'passed': 'passed',
  'cache': 'from the cache',
  'never': 'never sent',
  'unchecked': 'not checked',
  'not-cors': 'failed, not CORS',
  'pending': 'pending',
  'unknown': 'unknown',
};

export interface Marks {
  /** Null: there was none. */
  readonly preflight: Mark | null;
  readonly actual: Mark;
}

/** Of the hop at which the browser stopped, or else of the last one. */
export function marksOf(exchange: Exchange, { outcome, mode, block }: Diagnosis): Marks {
  const { preflight, requestHeaders } = block?.hop ?? lastHop(exchange);
  const neverSent = preflight !== null && requestHeaders === null;
  return { preflight: preflightMark(), actual: actualMark() };

  function preflightMark(): Mark | null {
    if (preflight === null) return null;
    if (preflight.from === 'cache') return 'cache';
    if (block?.at.phase === 'preflight') return 'blocked';
    if (!neverSent) return 'passed';
    if (outcome === 'pending') return preflight.response ? 'passed' : 'pending';
    return outcome === 'failed' ? 'not-cors' : 'unknown';
  }

  function actualMark(): Mark {
    switch (outcome) {
      case 'allowed': return mode.value === 'no-cors' ? 'unchecked' : 'passed';
      case 'blocked': return block?.at.phase === 'preflight' ? 'never' : 'blocked';
      case 'failed': return neverSent ? 'never' : 'not-cors';
      case 'pending': return 'pending';
      case 'unknown': return neverSent && exchange.end.kind !== 'unseen' && exchange.end.kind !== 'untold' ? 'never' : 'unknown';
    }
  }
}
