import type { WebRequest } from 'webextension-polyfill';
import { blinkHeaderOrder, browserProfiles } from '../../src/index.ts';
import { evaluateInInspectedPage, inspectedTabId, onAccess, onRequestFinished, requestAccess } from '../browser.ts';
import type { Capture, CaptureListener } from './capture.ts';
import { headerList } from './header-list.ts';
import { createResourceTimingReader } from './resource-timing.ts';
import { whenQuiet } from './when-quiet.ts';

/** Chrome's own fields beside those that the browsers share. */
interface ChromiumDetails {
  readonly initiator?: string;
  readonly documentId?: string;
}

/** Chromium reports to the devtools page itself. */
export const captureInChromium = (webRequest: WebRequest.Static): Capture => ({
  profile: { ...browserProfiles.chromium, name: 'chromium' },
  everyUrlIsTold: true,
  async start(listener) {
    listen(webRequest, listener.record);
    onAccess(listener.access);
  },
  // A click in the panel counts as one in the devtools page.
  askForAccess: () => void requestAccess(),
});

function listen(webRequest: WebRequest.Static, push: CaptureListener['record']): void {
  const filter: WebRequest.RequestFilter = { urls: ['<all_urls>'], tabId: inspectedTabId() };
  const readTimings = createResourceTimingReader(evaluateInInspectedPage);
  // A second witness of what was completed. Reading it takes the page's own time, so it waits until the page rests.
  const readTimingsWhenQuiet = whenQuiet(async () => {
    for (const load of await readTimings()) push(() => load);
  });
  // Chromium shows preflights, and Origin and Cookie, only to listeners that ask for extraHeaders.
  webRequest.onBeforeRequest.addListener((details) => {
    push(() => ({ kind: 'before-request', ...base(details) }));
  }, filter);
  webRequest.onSendHeaders.addListener((details) => {
    push(() => ({ kind: 'send-headers', ...base(details), headers: headerList(details.requestHeaders) }));
  }, filter, ['requestHeaders', 'extraHeaders' as WebRequest.OnSendHeadersOptions]);
  webRequest.onHeadersReceived.addListener((details) => {
    push(() => ({ kind: 'headers-received', ...base(details), status: details.statusCode, headers: headerList(details.responseHeaders) }));
  }, filter, ['responseHeaders', 'extraHeaders' as WebRequest.OnHeadersReceivedOptions]);
  webRequest.onBeforeRedirect.addListener((details) => {
    push(() => ({ kind: 'redirect', ...base(details), status: details.statusCode, location: details.redirectUrl }));
  }, filter);
  webRequest.onCompleted.addListener((details) => {
    push(() => ({ kind: 'completed', ...base(details), status: details.statusCode, fromCache: details.fromCache }));
    if (!details.url.startsWith(`${details.initiator}/`)) readTimingsWhenQuiet();
  }, filter);
  webRequest.onErrorOccurred.addListener((details) => {
    push(() => ({ kind: 'error', ...base(details), error: details.error }));
  }, filter);
  onRequestFinished(({ request, response: { _error: error }, _resourceType: initiator }) => {
    if (!error || initiator === 'preflight') return;
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
  readonly type: string;
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
});
