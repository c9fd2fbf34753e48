import { type Gap, type HeaderChanges, type NetworkEvent, browserProfiles, serializeOrigin } from '../../src/index.ts';
import { type NetworkPort, connectNetworkPort, evaluatorInFrames, inspectedTabId, inspectedUrl, onNavigated } from '../browser.ts';
import { type Details, type Message, type MessageName, parseMessage } from '../messages.ts';
import type { Capture, CaptureListener } from './capture.ts';
import { headerList } from './header-list.ts';
import { createResourceTimingReader } from './resource-timing.ts';
import { createTabRequests, noTab } from './tab-requests.ts';

const evaluate = evaluatorInFrames();

/** Firefox tells its event page alone, which relays while this page is connected. */
export function captureInFirefox(): Capture {
  const relay = createRelay();
  return {
    // Its extension API joins the lines of one name.
    profile: { ...browserProfiles.firefox, name: 'firefox', multipleAllowOriginValues: 'merged-lines' },
    everyUrlIsTold: false,
    injection: { evaluate, atTopLevel: (script) => script, withStack: true, frames: 'same-origin' },
    start({ record, access }) {
      const readTimings = createResourceTimingReader(evaluate);
      const isReading = new Set<number>();
      const readTimingsSoon = (): void => {
        for (const delay of timingsDelays) {
          if (isReading.has(delay)) continue;
          isReading.add(delay);
          setTimeout(async () => {
            isReading.delete(delay);
            for (const load of await readTimings()) record(() => load);
          }, delay);
        }
      };
      const requests = createTabRequests(inspectedTabId());
      onNavigated(requests.shows);
      void inspectedUrl().then(requests.shows);
      return new Promise((resolve) => {
        relay.watch({
          watching(gap) {
            if (gap !== null) record(() => ({ kind: 'gap', ...gap }));
            resolve();
          },
          told(message) {
            const { tabId, type } = message.payload;
            if (!requests.includes({ tabId, type, origin: originOf(message.payload) })) return;
            record(() => eventOf(message));
            // A response that CORS withheld is completed, too. Whether the page got it is in the page's own timings.
            if (message.name === 'completed') readTimingsSoon();
          },
          access,
        });
      });
    },
    // Neither this page nor the panel may ask the user, or open a tab where that can be done.
    askForAccess: () => connectNetworkPort().post('askForAccess', {}),
    setTrial: relay.setTrial,
  };
}

/**
 * How long after a response, in milliseconds, the page's timings are read: it gets the response later than the network,
 * and a busy page much later.
 */
const timingsDelays = [200, 1000, 5000];

/** How long to wait, in milliseconds, for an event page that did not answer before it went. */
const secondTry = 1000;

/** How often the event page is kept from falling asleep, in milliseconds. It does when nothing reaches it for 30 seconds. */
const wakeInterval = 10_000;

type NetworkMessage = Message<Exclude<MessageName, 'watch' | 'stillHere' | 'askForAccess' | 'setTrial' | 'trialSet' | 'watching' | 'access'>>;

interface Watcher extends Pick<CaptureListener, 'access'> {
  /** From now on nothing is missed. The gap is the time before; null: nothing was missed then. */
  watching(gap: Gap | null): void;
  told(message: NetworkMessage): void;
}

/** The event page, as long as this page lives: whenever it goes, it is connected anew. */
interface Relay {
  watch(watcher: Watcher): void;
  setTrial: Capture['setTrial'];
}

function createRelay(): Relay {
  let port: NetworkPort | null = null;
  /** What the event page shall try out, and goes on with when it comes back. */
  let trial: HeaderChanges | null = null;
  let settleTrial = (_isSet: boolean): void => undefined;
  /** Where that was asked for last; null: nowhere yet. */
  let askedOn: NetworkPort | null = null;

  /** `deafSince`: since when nothing was heard, in milliseconds since the epoch; null: nothing was missed. */
  function connect(watcher: Watcher, deafSince: number | null): void {
    const connected = port = connectNetworkPort();
    const waking = setInterval(() => connected.post('stillHere', {}), wakeInterval);
    let isWatching = false;
    connected.onMessage((received) => {
      const message = parseMessage(received);
      if (message === null) return;
      switch (message.name) {
        case 'watch':
        case 'stillHere':
        case 'askForAccess':
        case 'setTrial':
          return;
        case 'trialSet':
          return settleTrial(message.payload.isSet);
        case 'watching':
          isWatching = true;
          // What was asked for since then has an answer of its own.
          if (askedOn !== connected) settleTrial(message.payload.isTrialSet);
          return watcher.watching(deafSince === null ? null : { from: deafSince, until: Date.now() });
        case 'access':
          return watcher.access(message.payload.isWithheld);
        default:
          return watcher.told(message);
      }
    });
    // The browser may end the event page at any time all the same. Connecting wakes it.
    connected.onDisconnect(() => {
      clearInterval(waking);
      port = null;
      if (isWatching) connect(watcher, Date.now());
      else setTimeout(() => connect(watcher, deafSince), secondTry);
    });
    connected.post('watch', { tabId: inspectedTabId(), trial });
  }

  return {
    watch: (watcher) => connect(watcher, null),
    setTrial(changes) {
      const before = trial;
      trial = changes;
      return new Promise((resolve, reject) => {
        settleTrial = (isSet) => {
          settleTrial = () => undefined;
          if (isSet) return resolve();
          trial = before;
          reject(new Error('The browser refused the rule.'));
        };
        askedOn = port;
        port?.post('setTrial', { trial });
      });
    },
  };
}

function eventOf(message: NetworkMessage): NetworkEvent {
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

/** A document with an opaque origin has no URL here. */
const originOf = ({ documentUrl, originUrl }: Details): string => serializeOrigin(documentUrl ?? originUrl ?? '');

const base = (details: Details) => ({
  requestId: details.requestId,
  time: details.timeStamp,
  url: details.url,
  method: details.method,
  type: details.type,
  origin: originOf(details),
  frame: String(details.frameId),
  // Workers ask, and fetch() with keepalive, in the name of no document; and for a document alone Firefox looks up its access to storage.
  isUnmarked: !details.hasDocument,
  isTabless: details.tabId === noTab,
});
