import { type NetworkEvent, browserProfiles, serializeOrigin } from '../../src/index.ts';
import { connectNetworkPort, evaluateInInspectedPage, inspectedTabId } from '../browser.ts';
import { type Details, type Message, type MessageName, parseMessage } from '../messages.ts';
import type { Capture, CaptureListener } from './capture.ts';
import { headerList } from './header-list.ts';
import { createResourceTimingReader } from './resource-timing.ts';

/** Firefox tells its event page alone, which relays while this page is connected. */
export const captureInFirefox: Capture = {
  // Its extension API joins the lines of one name.
  profile: { ...browserProfiles.firefox, name: 'firefox', multipleAllowOriginValues: 'merged-lines' },
  start({ record, access }) {
    const readTimings = createResourceTimingReader(evaluateInInspectedPage);
    let isReading = false;
    const readTimingsSoon = (): void => {
      if (isReading) return;
      isReading = true;
      setTimeout(async () => {
        isReading = false;
        for (const load of await readTimings()) record(() => load);
      }, timingsDelay);
    };
    watch({
      event(convert, message) {
        record(convert);
        // A response that CORS withheld is completed, too. Whether the page got it is in the page's own timings.
        if (message === 'completed') readTimingsSoon();
      },
      access,
    }, null);
  },
  // Neither this page nor the panel may ask the user, or open a tab where that can be done.
  askForAccess: () => connectNetworkPort().post('askForAccess', {}),
};

/** How long after a response, in milliseconds, the page's timings are read: it gets the response later than the network. */
const timingsDelay = 200;

/** How long to wait, in milliseconds, for an event page that did not answer before it went. */
const secondTry = 1000;

interface Watcher extends Pick<CaptureListener, 'access'> {
  /** `message`: what the event is made of. */
  event(convert: () => NetworkEvent, message: MessageName): void;
}

/** `deafSince`: since when nothing was heard, in milliseconds since the epoch; null: nothing was missed. */
function watch(watcher: Watcher, deafSince: number | null): void {
  const port = connectNetworkPort();
  let isWatching = false;
  port.onMessage((received) => {
    const message = parseMessage(received);
    if (message === null || message.name === 'watch' || message.name === 'askForAccess') return;
    if (message.name === 'watching') {
      isWatching = true;
      const until = Date.now();
      if (deafSince !== null) watcher.event(() => ({ kind: 'gap', from: deafSince, until }), message.name);
    } else if (message.name === 'access') {
      watcher.access(message.payload.isWithheld);
    } else {
      watcher.event(() => eventOf(message), message.name);
    }
  });
  // The event page may be put to sleep at any time. Connecting wakes it.
  port.onDisconnect(() => {
    if (isWatching) watch(watcher, Date.now());
    else setTimeout(() => watch(watcher, deafSince), secondTry);
  });
  port.post('watch', { tabId: inspectedTabId() });
}

function eventOf(message: Message<Exclude<MessageName, 'watch' | 'askForAccess' | 'watching' | 'access'>>): NetworkEvent {
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
