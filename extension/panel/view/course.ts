import { type Diagnosis, type Exchange, type Hop, hostOf, requestedHeaderNames, shorten } from '../../../src/index.ts';
import { type Mark, marksOf } from './marks.ts';
import { pathOf } from './row.ts';

/** One thing that happened, or did not, on the way from the script to the response. */
export interface Stage {
  readonly mark: Mark;
  readonly what: string;
  /** What came back. */
  readonly result: string;
  /** Values in `what` and `result`. */
  readonly values: readonly string[];
}

/** The exchange from its first request to what the script got. */
export function courseOf(exchange: Exchange, diagnosis: Diagnosis): readonly Stage[] {
  const marks = marksOf(exchange, diagnosis);
  const stoppedAt = diagnosis.block?.at.hop ?? exchange.hops.length - 1;
  const stages = exchange.hops.slice(0, stoppedAt + 1).flatMap((hop, index): readonly Stage[] => {
    const isLast = index === stoppedAt;
    const preflight = isLast ? marks.preflight : hop.preflight && (hop.preflight.from === 'cache' ? 'cache' : 'passed');
    return [
      ...(preflight === null ? [] : [preflightStage(hop, preflight)]),
      requestStage(hop, isLast ? marks.actual : 'passed', index > 0),
    ];
  });
  return [...stages, scriptStage(exchange, diagnosis)];
}

function preflightStage({ method, preflight }: Hop, mark: Mark): Stage {
  if (preflight === null || preflight.from === 'cache') {
    return { mark, what: 'Preflight: its answer was still in the cache', result: 'nothing was sent', values: [] };
  }
  const names = requestedHeaderNames(preflight.requestHeaders ?? []).slice(0, 12).map((name) => shorten(name, 60));
  return {
    mark,
    what: `Preflight: OPTIONS asked for ${[method, ...names].join(', ')}`,
    result: preflight.response ? String(preflight.response.status) : 'no answer',
    values: [method, ...names],
  };
}

function requestStage(hop: Hop, mark: Mark, isRedirect: boolean): Stage {
  const path = shorten(pathOf(hop.url), 120);
  const where = isRedirect ? `${shorten(hostOf(hop.url), 80)}${path}` : path;
  const what = `${isRedirect ? 'Redirect: ' : ''}${hop.method} ${where}`;
  const values = [hop.method, where];
  if (mark === 'never') return { mark, what, result: 'never sent', values };
  if (hop.response === null) return { mark, what, result: mark === 'pending' ? 'no answer yet' : mark === 'unknown' ? 'no answer seen' : 'no answer', values };
  return { mark, what, result: String(hop.response.status), values };
}

function scriptStage({ end }: Exchange, { outcome, mode, block }: Diagnosis): Stage {
  const stage = (mark: Mark, what: string): Stage => ({ mark, what, result: '', values: [] });
  switch (outcome) {
    case 'allowed':
      return mode.value === 'no-cors'
        ? stage('unchecked', 'The page may use the response, and no script can read it')
        : stage('passed', 'The script gets the response');
    case 'blocked':
      return block?.at.phase === 'preflight'
        ? stage('blocked', 'The script gets an error')
        : stage('blocked', 'The script gets an error, although the request reached the server');
    case 'failed':
      return stage('not-cors', 'The script gets an error');
    case 'pending':
      return stage('pending', 'The script waits');
    case 'unknown':
      return stage('unknown', end.kind === 'error' || end.kind === 'refused' || end.kind === 'unfollowed' ? 'The script gets an error' : 'What the script gets was not seen');
  }
}
