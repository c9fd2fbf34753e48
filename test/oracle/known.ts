import { isRedirectStatus } from '../../src/fetch/status.ts';
import type { OracleBrowser, PlayedCase } from './arena.ts';
import type { CaseResponse, OracleCase } from './cases.ts';

/** A disagreement that nothing the extension sees can settle, and why. */
export interface KnownDisagreement {
  readonly id: string;
  readonly browser: OracleBrowser['name'];
  readonly why: string;
  /** Played by every run of the tests: where the two agree about it, the row has to go. */
  readonly example: OracleCase;
  isMet(played: PlayedCase): boolean;
}

const passes: CaseResponse = {
  status: 200,
  headers: [['Access-Control-Allow-Origin', '{origin}'], ['Access-Control-Allow-Credentials', 'true'], ['Access-Control-Allow-Methods', '{method}']],
};

const plain: OracleCase = {
  page: 'tuple', host: 'same-site', cookie: false, method: 'GET', headers: [], credentials: 'include', mode: 'cors', redirect: 'follow',
  hops: [{ preflight: passes, actual: passes }],
};

export const knownDisagreements: readonly KnownDisagreement[] = [
  {
    id: 'redirect-stopped-without-a-reason', browser: 'firefox',
    why: 'A redirect that CORS stops ends as one does that the page\'s Content-Security-Policy stops. Where only a request with credentials is stopped by CORS, and nothing shows them, the panel says unknown.',
    example: { ...plain, hops: [{ preflight: passes, actual: { status: 302, headers: [['Access-Control-Allow-Origin', '*'], ['Location', '{next}']] } }, ...plain.hops] },
    isMet: ({ verdict, reported }) => verdict.outcome === 'blocked' && reported?.outcome === 'unknown'
      && isRedirectStatus(reported.response?.status ?? 0) && reported.credentials.value === 'unknown',
  },
  {
    id: 'preflight-redirect-to-nowhere', browser: 'firefox',
    why: 'Where a preflight redirects to what is no http or https URL, or to one with a user name, Firefox names no reason. The panel says that a preflight must not redirect.',
    example: { ...plain, method: 'PUT', hops: [{ preflight: { ...passes, status: 302, headers: [...passes.headers, ['Location', '{nextUserInfo}']] }, actual: passes }] },
    isMet: ({ verdict, reported }) => verdict.outcome === 'failed' && reported?.error?.code === 'PreflightDisallowedRedirect',
  },
  {
    id: 'empty-allow-origin-line', browser: 'firefox',
    why: 'Firefox counts an empty line of Access-Control-Allow-Origin, and leaves it out where it joins the lines for extensions.',
    example: { ...plain, credentials: 'omit', hops: [{ preflight: passes, actual: { status: 200, headers: [['Access-Control-Allow-Origin', 'https://other.example'], ['Access-Control-Allow-Origin', '']] } }] },
    isMet: ({ case: { hops }, verdict }) => verdict.outcome === 'blocked' && verdict.reason === 'CORSMultipleAllowOriginNotAllowed'
      && hops.some(({ preflight, actual }) => [preflight, actual].some(({ headers }) =>
        headers.some(([name, value]) => name.toLowerCase() === 'access-control-allow-origin' && value.trim() === ''))),
  },
];

export const knownDisagreementOf = (played: PlayedCase, browser: OracleBrowser['name']): KnownDisagreement | undefined =>
  knownDisagreements.find((known) => known.browser === browser && known.isMet(played));
