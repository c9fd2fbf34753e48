import { type NetworkEvent, browserProfiles, serializeOrigin } from '../../src/index.ts';
import { connectNetworkPort, inspectedTabId } from '../browser.ts';
import { type Details, type Message, parseMessage } from '../messages.ts';
import type { Capture } from './capture.ts';
import { headerList } from './header-list.ts';

/** Firefox tells its event page alone, which relays while this page is connected. */
export const captureInFirefox: Capture = {
  profile: { ...browserProfiles.firefox, name: 'firefox' },
  start: (push) => watch(push, null),
};

/** How long to wait, in milliseconds, for an event page that did not answer before it went. */
const secondTry = 1000;

/** `deafSince`: since when nothing was heard, in milliseconds since the epoch; null: nothing was missed. */
function watch(push: (convert: () => NetworkEvent) => void, deafSince: number | null): void {
  const port = connectNetworkPort();
  let isWatching = false;
  port.onMessage((received) => {
    const message = parseMessage(received);
    if (message === null || message.name === 'watch') return;
    if (message.name === 'watching') {
      isWatching = true;
      const until = Date.now();
      if (deafSince !== null) push(() => ({ kind: 'gap', from: deafSince, until }));
    } else {
      push(() => eventOf(message));
    }
  });
  // The event page may be put to sleep at any time. Connecting wakes it.
  port.onDisconnect(() => {
    if (isWatching) watch(push, Date.now());
    else setTimeout(() => watch(push, deafSince), secondTry);
  });
  port.post('watch', { tabId: inspectedTabId() });
}

function eventOf(message: Message<Exclude<Message['name'], 'watch' | 'watching'>>): NetworkEvent {
  switch (message.name) {
    case 'beforeRequest':
      return { kind: 'before-request', ...base(message.payload) };
    case 'sendHeaders':
      return { kind: 'send-headers', ...base(message.payload), headers: headerList(message.payload.requestHeaders) };
    case 'headersReceived':
      return { kind: 'headers-received', ...base(message.payload), status: message.payload.statusCode, headers: headerList(message.payload.responseHeaders) };
    case 'beforeRedirect':
      return { kind: 'redirect', ...base(message.payload), status: message.payload.statusCode, location: message.payload.redirectUrl };
    case 'completed':
      return { kind: 'completed', ...base(message.payload), status: message.payload.statusCode, fromCache: message.payload.fromCache };
    case 'errorOccurred':
      return { kind: 'error', ...base(message.payload), error: message.payload.error };
  }
}

const base = ({ requestId, timeStamp, url, method, type, frameId, documentUrl, originUrl }: Details) => ({
  requestId,
  time: timeStamp,
  url,
  method,
  type,
  // A document with an opaque origin has no URL here.
  origin: serializeOrigin(documentUrl ?? originUrl ?? ''),
  frame: String(frameId),
});
