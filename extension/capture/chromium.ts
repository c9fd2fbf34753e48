import type { WebRequest } from 'webextension-polyfill';
import { type NetworkEvent, blinkHeaderOrder, browserProfiles, stackOfInitiator } from '../../src/index.ts';
import { evaluateInInspectedPage, inspectedTabId, inspectedUrl, onAccess, onNavigated, onRequestFinished, requestAccess } from '../browser.ts';
import { removeLeftTrialRules, setTrialRule } from '../trial-rules.ts';
import type { Capture, CaptureListener } from './capture.ts';
import { headerList } from './header-list.ts';
import { createResourceTimingReader } from './resource-timing.ts';
import { createTabRequests, noTab } from './tab-requests.ts';
import { whenQuiet } from './when-quiet.ts';

/** Chrome's own fields, and what tells whose request it is. */
interface ChromiumDetails {
  readonly tabId: number;
  readonly type: string;
  readonly initiator?: string;
  readonly documentId?: string;
}

/** Chromium reports to the devtools page itself. */
export const captureInChromium = (webRequest: WebRequest.Static): Capture => ({
  profile: { ...browserProfiles.chromium, name: 'chromium' },
  everyUrlIsTold: true,
  injection: {
    evaluate: evaluateInInspectedPage,
    // DevTools makes a function of the script, and what that declares would be nobody's: this ends the function early.
    atTopLevel: (script) => `})();${script}(function(){`,
    // The network log has it.
    withStack: false,
    // Besides the page, its script goes only into frames that have the very same URL.
    frames: 'none',
  },
  async start(listener) {
    // What an earlier page of this kind left behind would falsify what is recorded.
    await Promise.all([setTrialRule(inspectedTabId(), null), removeLeftTrialRules()]);
    listen(webRequest, listener.record);
    onAccess(listener.access);
  },
  // A click in the panel counts as one in the devtools page.
  askForAccess: () => void requestAccess(),
  setTrial: (changes) => setTrialRule(inspectedTabId(), changes),
});

function listen(webRequest: WebRequest.Static, push: CaptureListener['record']): void {
  // Shared and service workers have no tab, and Chromium takes a filter for no tab as one for every tab.
  const filter: WebRequest.RequestFilter = { urls: ['<all_urls>'] };
  const requests = createTabRequests(inspectedTabId());
  onNavigated(requests.shows);
  void inspectedUrl().then(requests.shows);
  const pushOf = ({ tabId, type, initiator }: ChromiumDetails, convert: () => NetworkEvent): void => {
    if (requests.includes({ tabId, type, origin: initiator ?? null })) push(convert);
  };
  const readTimings = createResourceTimingReader(evaluateInInspectedPage);
  // A second witness of what was completed. Reading it takes the page's own time, so it waits until the page rests.
  const readTimingsWhenQuiet = whenQuiet(async () => {
    for (const load of await readTimings()) push(() => load);
  });
  // Chromium shows preflights, and Origin and Cookie, only to listeners that ask for extraHeaders.
  webRequest.onBeforeRequest.addListener((details) => {
    pushOf(details, () => ({ kind: 'before-request', ...base(details) }));
  }, filter);
  webRequest.onSendHeaders.addListener((details) => {
    pushOf(details, () => ({ kind: 'send-headers', ...base(details), headers: headerList(details.requestHeaders) }));
  }, filter, ['requestHeaders', 'extraHeaders' as WebRequest.OnSendHeadersOptions]);
  webRequest.onHeadersReceived.addListener((details) => {
    pushOf(details, () => ({ kind: 'headers-received', ...base(details), status: details.statusCode, headers: headerList(details.responseHeaders) }));
  }, filter, ['responseHeaders', 'extraHeaders' as WebRequest.OnHeadersReceivedOptions]);
  webRequest.onResponseStarted.addListener((details) => {
    pushOf(details, () => ({ kind: 'response-started', ...base(details) }));
  }, filter);
  webRequest.onBeforeRedirect.addListener((details) => {
    pushOf(details, () => ({ kind: 'redirect', ...base(details), status: details.statusCode, location: details.redirectUrl }));
  }, filter);
  webRequest.onCompleted.addListener((details) => {
    pushOf(details, () => ({ kind: 'completed', ...base(details), status: details.statusCode, fromCache: details.fromCache }));
    if (!details.url.startsWith(`${details.initiator}/`)) readTimingsWhenQuiet();
  }, filter);
  webRequest.onErrorOccurred.addListener((details) => {
    pushOf(details, () => ({ kind: 'error', ...base(details), error: details.error }));
  }, filter);
  onRequestFinished((entry) => {
    const { request, response: { _error: error }, _resourceType: initiator } = entry;
    if (initiator === 'preflight') return;
    const stack = stackOfInitiator(entry._initiator);
    if (stack.length > 0) push(() => ({ kind: 'initiator', url: request.url, method: request.method, time: Date.parse(entry.startedDateTime), stack }));
    if (!error) return;
    push(() => ({
      kind: 'finished', url: request.url, method: request.method, error,
      headerNames: blinkHeaderOrder(request.headers.map(({ name }) => name), initiator === 'xhr' ? 'xhr' : 'fetch'),
    }));
  });
}

interface Details extends ChromiumDetails {
  readonly requestId: string;
  readonly timeStamp: number;
  readonly url: string;
  readonly method: string;
  readonly frameId: number;
}

const base = (details: Details) => ({
  requestId: details.requestId,
  time: details.timeStamp,
  url: details.url,
  method: details.method,
  type: details.type,
  origin: details.initiator ?? null,
  frame: details.documentId ?? String(details.frameId),
  isTabless: details.tabId === noTab,
});
