import type { WebRequest } from 'webextension-polyfill';
import { type NetworkPort, onAccess, onNetworkPort, openTab, webRequest } from './browser.ts';
import { type Details, type RelayedHeader, parseMessage } from './messages.ts';
import { removeLeftTrialRules, setTrialRule } from './trial-rules.ts';

// Listening to ports is all that this page does until a devtools page asks: whoever has no DevTools open pays nothing.
onNetworkPort((port) => {
  let stop = (): void => undefined;
  let isOpen = true;
  let watched: number | null = null;
  port.onMessage(async (received) => {
    const message = parseMessage(received);
    if (message?.name === 'askForAccess') openTab('/extension/access/access.html');
    if (message?.name === 'setTrial' && watched !== null) {
      const payload = { isSet: await isSet(setTrialRule(watched, message.payload.trial)) };
      if (isOpen) port.post('trialSet', payload);
    }
    if (message?.name !== 'watch') return;
    stop();
    const { tabId, trial } = message.payload;
    watched = tabId;
    const stopRelay = relay(tabId, port);
    stop = stopRelay;
    const isTrialSet = await isSet(setTrialRule(tabId, trial));
    await isSet(removeLeftTrialRules());
    await listenersInPlace();
    if (!isOpen) return;
    port.post('watching', { isTrialSet });
    const stopAccess = onAccess((isWithheld) => port.post('access', { isWithheld }));
    stop = () => {
      stopRelay();
      stopAccess();
    };
  });
  port.onDisconnect(() => {
    isOpen = false;
    stop();
    if (watched !== null) void isSet(setTrialRule(watched, null));
  });
});

const isSet = (rules: Promise<void>): Promise<boolean> => rules.then(() => true, () => false);

/** Listeners are told to the browser's own process, which answers in order: once it answers a later call, it has them. */
const listenersInPlace = async (): Promise<void> => void (await webRequest?.getSecurityInfo('').catch(() => undefined));

/** What webRequest says of a request of a shared or service worker. */
const noTab = -1;

/** Tells the port of every request of the tab, and of those that have no tab. Returns what ends it. */
function relay(tabId: number, port: NetworkPort): () => void {
  if (webRequest === undefined) return () => undefined;
  const filter: WebRequest.RequestFilter = { urls: ['<all_urls>'] };
  const post: NetworkPort['post'] = (name, payload) => {
    if (!('tabId' in payload) || payload.tabId === tabId || payload.tabId === noTab) port.post(name, payload);
  };
  const stops = [
    listen(webRequest.onBeforeRequest, (seen) => post('beforeRequest', base(seen)), filter),
    listen(webRequest.onSendHeaders, (seen) => post('sendHeaders', { ...base(seen), requestHeaders: headers(seen.requestHeaders) }), filter, ['requestHeaders']),
    listen(webRequest.onHeadersReceived, (seen) => {
      post('headersReceived', { ...base(seen), statusCode: seen.statusCode, responseHeaders: headers(seen.responseHeaders) });
    }, filter, ['responseHeaders']),
    listen(webRequest.onBeforeRedirect, (seen) => {
      post('beforeRedirect', { ...base(seen), statusCode: seen.statusCode, redirectUrl: seen.redirectUrl });
    }, filter),
    listen(webRequest.onCompleted, (seen) => post('completed', { ...base(seen), statusCode: seen.statusCode, fromCache: seen.fromCache }), filter),
    listen(webRequest.onErrorOccurred, (seen) => post('errorOccurred', { ...base(seen), error: seen.error }), filter),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

interface NetworkListeners<Seen, Further extends readonly unknown[]> {
  addListener(listener: (seen: Seen) => void, ...further: Further): void;
  removeListener(listener: (seen: Seen) => void): void;
}

function listen<Seen, Further extends readonly unknown[]>(event: NetworkListeners<Seen, Further>, listener: (seen: Seen) => void, ...further: Further): () => void {
  event.addListener(listener, ...further);
  return () => event.removeListener(listener);
}

interface Seen {
  readonly requestId: string;
  readonly timeStamp: number;
  readonly url: string;
  readonly method: string;
  readonly type: string;
  readonly tabId: number;
  readonly frameId: number;
  readonly originUrl?: string | undefined;
  readonly documentUrl?: string | undefined;
  readonly documentId?: string | undefined;
}

const base = ({ requestId, timeStamp, url, method, type, tabId, frameId, originUrl, documentUrl, documentId }: Seen): Details =>
  ({ requestId, timeStamp, url, method, type, tabId, frameId, originUrl: originUrl ?? null, documentUrl: documentUrl ?? null, hasDocument: documentId !== undefined });

interface SeenHeader {
  readonly name: string;
  readonly value?: string | undefined;
  readonly binaryValue?: unknown;
}

const headers = (seen: readonly SeenHeader[] | undefined): readonly RelayedHeader[] =>
  (seen ?? []).map(({ name, value, binaryValue }) => (value === undefined ? { name, binaryValue: [...(binaryValue as Iterable<number>)] } : { name, value }));
