import { isRedirectStatus } from '../../src/fetch/status.ts';
import type { OracleBrowser, PlayedCase } from './arena.ts';

/** A disagreement that nothing the extension sees can settle, and why. */
export interface KnownDisagreement {
  readonly id: string;
  readonly browser: OracleBrowser['name'];
  readonly why: string;
  isMet(played: PlayedCase): boolean;
}

export const knownDisagreements: readonly KnownDisagreement[] = [
  {
    id: 'redirect-stopped-without-a-reason', browser: 'firefox',
    why: 'A redirect that CORS stops ends as one does that the page\'s Content-Security-Policy stops. Where only a request with credentials is stopped by CORS, and nothing shows them, the panel says unknown.',
    isMet: ({ verdict, reported }) => verdict.outcome === 'blocked' && reported?.outcome === 'unknown'
      && isRedirectStatus(reported.response?.status ?? 0) && reported.credentials.value === 'unknown',
  },
  {
    id: 'preflight-redirect-to-nowhere', browser: 'firefox',
    why: 'Where a preflight redirects to what is no http or https URL, or to one with a user name, Firefox names no reason. The panel says that a preflight must not redirect.',
    isMet: ({ verdict, reported }) => verdict.outcome === 'failed' && reported?.error?.code === 'PreflightDisallowedRedirect',
  },
  {
    id: 'empty-allow-origin-line', browser: 'firefox',
    why: 'Firefox counts an empty line of Access-Control-Allow-Origin, and leaves it out where it joins the lines for extensions.',
    isMet: ({ case: { hops }, verdict }) => verdict.outcome === 'blocked' && verdict.reason === 'CORSMultipleAllowOriginNotAllowed'
      && hops.some(({ preflight, actual }) => [preflight, actual].some(({ headers }) =>
        headers.some(([name, value]) => name.toLowerCase() === 'access-control-allow-origin' && value.trim() === ''))),
  },
];

export const knownDisagreementOf = (played: PlayedCase, browser: OracleBrowser['name']): KnownDisagreement | undefined =>
  knownDisagreements.find((known) => known.browser === browser && known.isMet(played));
