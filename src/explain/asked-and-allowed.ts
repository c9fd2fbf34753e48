import { byteLowercase } from '../fetch/byte.ts';
import { get } from '../fetch/header-list.ts';
import { isCorsSafelistedMethod } from '../fetch/method.ts';
import type { StepId } from '../fetch/network-error.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { requestedHeaderNames } from '../exchange/preflight-request.ts';
import type { Diagnosis } from './diagnosis.ts';
import type { JudgedResponse } from './judge.ts';

/** One line of evidence: what the browser needed and what the server said. */
export interface AskedAndAllowed {
  readonly aspect: 'Origin' | 'Credentials' | 'Method' | 'Header' | 'Status';
  readonly asked: string;
  /** Null: the server said nothing about it. */
  readonly allowed: string | null;
  /** Null where it does not matter for the verdict. */
  readonly passed: boolean | null;
}

/** The evidence of one response, as the browser compared it. */
export function askedAndAllowed(exchange: Exchange, diagnosis: Pick<Diagnosis, 'credentials'>, judged: JudgedResponse): readonly AskedAndAllowed[] {
  const { headers, status } = judged.response;
  const failed = (...ids: readonly StepId[]): boolean =>
    judged.steps.some((step) => ids.includes(step.id) && step.errors.length > 0);
  const hop = exchange.hops[judged.hop] ?? exchange.hops[0];
  const allowCredentials = get(headers, 'access-control-allow-credentials');
  const credentialsPassed = (): boolean | null => {
    if (failed('allow-credentials', 'preflight-allow-credentials')) return false;
    // Without credentials nobody looks at it; where they are unknown, only true is right in either case.
    return diagnosis.credentials.value !== 'omit' && allowCredentials === 'true' ? true : null;
  };
  const rows: AskedAndAllowed[] = [
    {
      aspect: 'Origin', asked: judged.origin, allowed: get(headers, 'access-control-allow-origin'),
      passed: !failed('allow-origin', 'preflight-allow-origin'),
    },
    {
      aspect: 'Credentials', asked: diagnosis.credentials.value, allowed: allowCredentials,
      passed: credentialsPassed(),
    },
  ];
  if (judged.phase === 'actual' || hop.preflight?.from !== 'network') return rows;

  const allowHeaders = get(headers, 'access-control-allow-headers');
  const missing = new Set(judged.steps.flatMap((step) => (step.id === 'request-headers' ? step.errors.map(({ parameter }) => parameter) : [])));
  rows.push(
    { aspect: 'Status', asked: '200 to 299', allowed: String(status), passed: !failed('preflight-ok-status', 'preflight-redirect') },
    {
      aspect: 'Method', asked: hop.method, allowed: get(headers, 'access-control-allow-methods'),
      passed: isCorsSafelistedMethod(hop.method) ? null : !failed('method', 'allow-methods-syntax'),
    },
    ...requestedHeaderNames(hop.preflight.requestHeaders ?? []).map((name): AskedAndAllowed => ({
      aspect: 'Header', asked: byteLowercase(name), allowed: allowHeaders, passed: !missing.has(name) && !failed('allow-headers-syntax'),
    })),
  );
  return rows;
}
