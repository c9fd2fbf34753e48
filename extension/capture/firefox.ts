import { type NetworkEvent, browserProfiles, serializeOrigin } from '../../src/index.ts';
import { connectNetworkPort, inspectedTabId } from '../browser.ts';
import { type Details, type Message, type MessageName, parseMessage } from '../messages.ts';
import type { Capture } from './capture.ts';
import { headerList } from './header-list.ts';
import { createResourceTimingReader } from './resource-timing.ts';

/** Firefox tells its event page alone, which relays while this page is connected. */
export const captureInFirefox: Capture = {
  // Its extension API joins the lines of one name.
  profile: { ...browserProfiles.firefox, name: 'firefox', multipleAllowOriginValues: 'merged-lines' },
  start(push) {
    const readTimings = createResourceTimingReader();
    let isReading = false;
    const readTimingsSoon = (): void => {
      if (isReading) return;
      isReading = true;
      setTimeout(async () => {
        isReading = false;
        for (const load of await readTimings()) push(() => load);
      }, timingsDelay);
    };
    watch((convert, message) => {
      push(convert);
      // A response that CORS withheld is completed, too. Whether the page got it is in the page's own timings.
      if (message === 'completed') readTimingsSoon();
    }, null);
  },
};

/** How long after a response, in milliseconds, the page's timings are read: it gets the response later than the network. */
const timingsDelay = 200;

/** How long to wait, in milliseconds, for an event page that did not answer before it went. */
const secondTry = 1000;

/** `deafSince`: since when nothing was heard, in milliseconds since the epoch; null: nothing was missed. */
function watch(push: (convert: () => NetworkEvent, message: MessageName) => void, deafSince: number | null): void {
  const port = connectNetworkPort();
  let isWatching = false;
  port.onMessage((received) => {
    const message = parseMessage(received);
    if (message === null || message.name === 'watch') return;
    if (message.name === 'watching') {
      isWatching = true;
      const until = Date.now();
      if (deafSince !== null) push(() => ({ kind: 'gap', from: deafSince, until }), message.name);
    } else {
      push(() => eventOf(message), message.name);
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
