import type { Header, HeaderChanges } from '../src/index.ts';

/**
 * What the devtools page and the event page say to each other, where only a background page is told of the network.
 * Whoever receives a message guards it with `parseMessage`: until then it is `unknown`.
 */
export interface Messages {
  /** To the event page: report this tab from now on, until the port is closed, and try out these headers in it. Sent once, first. */
  readonly watch: { readonly tabId: number; readonly trial: HeaderChanges | null };
  /** To the event page: from now on try out these headers and no others. */
  readonly setTrial: { readonly trial: HeaderChanges | null };
  /** To the event page: open the page in which the user grants access to every site. */
  readonly askForAccess: Record<never, never>;
  /** To the event page: the tab is still watched. Whatever the event page receives keeps it awake. */
  readonly stillHere: Record<never, never>;
  /** To the devtools page: whether the browser does what `setTrial` asked for; in the same order. */
  readonly trialSet: { readonly isSet: boolean };
  /** To the devtools page: from now on nothing is missed. `isTrialSet`: whether the browser does what `watch` asked for. */
  readonly watching: { readonly isTrialSet: boolean };
  /** To the devtools page: whether the browser withholds access to any site; after `watching` and whenever it changes. */
  readonly access: { readonly isWithheld: boolean };
  readonly beforeRequest: Details;
  readonly sendHeaders: Details & { readonly requestHeaders: readonly RelayedHeader[] };
  readonly headersReceived: Details & { readonly statusCode: number; readonly responseHeaders: readonly RelayedHeader[] };
  readonly beforeRedirect: Details & { readonly statusCode: number; readonly redirectUrl: string };
  readonly completed: Details & { readonly statusCode: number; readonly fromCache: boolean };
  readonly errorOccurred: Details & { readonly error: string };
}

/** What webRequest says of every event; named as it names them. */
export interface Details {
  readonly requestId: string;
  /** Milliseconds since the epoch. */
  readonly timeStamp: number;
  readonly url: string;
  readonly method: string;
  readonly type: string;
  /** -1: it has none. */
  readonly tabId: number;
  readonly frameId: number;
  /** URL of what asked, and of the document for which it asked; null: its origin is opaque, or the browser asked. */
  readonly originUrl: string | null;
  readonly documentUrl: string | null;
  /** Whether a document asked, and waits for the answer. */
  readonly hasDocument: boolean;
}

/** A value is text, or the bytes of what is no UTF-8. */
export interface RelayedHeader {
  readonly name: string;
  readonly value?: string;
  readonly binaryValue?: readonly number[];
}

export type MessageName = keyof Messages;
export type Message<Name extends MessageName = MessageName> = { readonly [N in Name]: { readonly name: N; readonly payload: Messages[N] } }[Name];

/** The name of the port that carries these messages. */
export const networkPort = 'network';

type Guard<T> = (value: unknown) => value is T;
type Guards<T> = { readonly [Key in keyof T]: Guard<T[Key]> };

const isString: Guard<string> = (value) => typeof value === 'string';
const isNumber: Guard<number> = (value) => typeof value === 'number';
const isBoolean: Guard<boolean> = (value) => typeof value === 'boolean';
const isStringOrNull: Guard<string | null> = (value) => value === null || isString(value);
const isListOf = <T>(guard: Guard<T>): Guard<readonly T[]> => (value): value is readonly T[] => Array.isArray(value) && value.every(guard);
const isRecordOf = <T>(guards: Guards<T>): Guard<T> => (value): value is T =>
  typeof value === 'object' && value !== null
  && Object.entries<Guard<unknown>>(guards).every(([key, guard]) => guard((value as Readonly<Record<string, unknown>>)[key]));

const isOptional = <T>(guard: Guard<T>): Guard<T | undefined> => (value): value is T | undefined => value === undefined || guard(value);
const areHeaders = isListOf<RelayedHeader>((value): value is RelayedHeader =>
  isRecordOf({ name: isString, value: isOptional(isString), binaryValue: isOptional(isListOf(isNumber)) })(value));

const isHeader: Guard<Header> = (value): value is Header => Array.isArray(value) && value.length === 2 && value.every(isString);
const isTrial: Guard<HeaderChanges | null> = (value) =>
  value === null || isRecordOf<HeaderChanges>({ server: isString, set: isListOf(isHeader), remove: isListOf(isString) })(value);

const details: Guards<Details> = {
  requestId: isString, timeStamp: isNumber, url: isString, method: isString, type: isString, tabId: isNumber, frameId: isNumber,
  originUrl: isStringOrNull, documentUrl: isStringOrNull, hasDocument: isBoolean,
};

const guards: { readonly [Name in MessageName]: Guard<Messages[Name]> } = {
  watch: isRecordOf<Messages['watch']>({ tabId: isNumber, trial: isTrial }),
  setTrial: isRecordOf<Messages['setTrial']>({ trial: isTrial }),
  trialSet: isRecordOf<Messages['trialSet']>({ isSet: isBoolean }),
  askForAccess: isRecordOf<Messages['askForAccess']>({}),
  stillHere: isRecordOf<Messages['stillHere']>({}),
  watching: isRecordOf<Messages['watching']>({ isTrialSet: isBoolean }),
  access: isRecordOf<Messages['access']>({ isWithheld: isBoolean }),
  beforeRequest: isRecordOf<Messages['beforeRequest']>(details),
  sendHeaders: isRecordOf<Messages['sendHeaders']>({ ...details, requestHeaders: areHeaders }),
  headersReceived: isRecordOf<Messages['headersReceived']>({ ...details, statusCode: isNumber, responseHeaders: areHeaders }),
  beforeRedirect: isRecordOf<Messages['beforeRedirect']>({ ...details, statusCode: isNumber, redirectUrl: isString }),
  completed: isRecordOf<Messages['completed']>({ ...details, statusCode: isNumber, fromCache: isBoolean }),
  errorOccurred: isRecordOf<Messages['errorOccurred']>({ ...details, error: isString }),
};

const isMessageName = (name: unknown): name is MessageName => isString(name) && Object.hasOwn(guards, name);

/** The message that this is; null: it is none. */
export function parseMessage(received: unknown): Message | null {
  if (typeof received !== 'object' || received === null || !('name' in received) || !('payload' in received)) return null;
  const { name, payload } = received;
  return isMessageName(name) && guards[name](payload) ? received as Message : null;
}
