import type { CDPSession, Page } from 'puppeteer-core';
import type { CorsError } from './entry.ts';

/** What Chromium itself says of one request, by the DevTools protocol. */
export interface BrowserVerdict {
  readonly outcome: 'allowed' | 'blocked' | 'failed';
  readonly code?: CorsError;
  readonly parameter?: string;
  readonly netError?: string;
}

/**
 * Lets the frames of other sites share the page's process, so that one DevTools protocol session sees their
 * requests from the first: a frame in a process of its own would have sent before anybody could listen.
 */
export const framesInOneProcess: readonly string[] = [
  '--disable-site-isolation-trials',
  '--disable-features=IsolateSandboxedIframes,IsolateOrigins',
];

export interface BrowserVerdicts {
  /** The verdict on the last request that began at that URL; undefined while it is under way. */
  of(url: string): BrowserVerdict | undefined;
}

/** Records the verdicts on all requests of the page from now on. */
export async function recordVerdicts(page: Page): Promise<BrowserVerdicts> {
  const session: CDPSession = await page.createCDPSession();
  const requestIds = new Map<string, string>();
  const verdicts = new Map<string, BrowserVerdict>();
  session.on('Network.requestWillBeSent', ({ requestId, request, initiator, redirectResponse }) => {
    if (initiator.type !== 'preflight' && redirectResponse === undefined) requestIds.set(request.url, requestId);
  });
  session.on('Network.loadingFinished', ({ requestId }) => {
    verdicts.set(requestId, { outcome: 'allowed' });
  });
  session.on('Network.loadingFailed', ({ requestId, errorText, corsErrorStatus }) => {
    verdicts.set(
      requestId,
      corsErrorStatus === undefined
        // The protocol appends the policy's reason after a full stop; extensions are told the error alone.
        ? { outcome: 'failed', netError: errorText.split('.', 1)[0] ?? errorText }
        : { outcome: 'blocked', code: corsErrorStatus.corsError, parameter: corsErrorStatus.failedParameter },
    );
  });
  await session.send('Network.enable');
  return {
    of: (url) => verdicts.get(requestIds.get(url) ?? ''),
  };
}
