import type { Recorded, RecordedLog } from './recorded.ts';

/** The part of HAR 1.2 that is written. http://www.softwareishard.com/blog/har-12-spec/ */
export interface Har {
  readonly log: {
    readonly version: '1.2';
    readonly creator: HarProgram;
    readonly browser: HarProgram;
    readonly pages: readonly HarPage[];
    /** In the order in which the requests began. */
    readonly entries: readonly HarEntry[];
    readonly comment: string;
    readonly _corsInspector: RecordedLog;
  };
}

export interface HarProgram {
  readonly name: string;
  readonly version: string;
}

export interface HarPage {
  readonly startedDateTime: string;
  readonly id: string;
  /** Its URL, as browsers write it. */
  readonly title: string;
  readonly pageTimings: Readonly<Record<never, never>>;
}

/** One request on the wire, or one that never got there. */
export interface HarEntry {
  readonly pageref: string;
  readonly startedDateTime: string;
  /** Milliseconds; 0 where the end is not known. */
  readonly time: number;
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly httpVersion: '';
    readonly cookies: readonly [];
    readonly headers: readonly HarHeader[];
    readonly queryString: readonly HarHeader[];
    readonly headersSize: -1;
    readonly bodySize: -1;
  };
  readonly response: {
    /** 0: no response. */
    readonly status: number;
    readonly statusText: '';
    readonly httpVersion: '';
    readonly cookies: readonly [];
    readonly headers: readonly HarHeader[];
    readonly content: { readonly size: number; readonly mimeType: string };
    readonly redirectURL: string;
    readonly headersSize: -1;
    readonly bodySize: -1;
    /** The browser's network error, as Chrome writes it; null: there was none. Left out where it is not known. */
    readonly _error?: string | null;
  };
  readonly cache: Readonly<Record<never, never>>;
  /** The browser's extension API tells beginning and end only: -1 is not known. */
  readonly timings: { readonly blocked: -1; readonly dns: -1; readonly connect: -1; readonly ssl: -1; readonly send: number; readonly wait: number; readonly receive: number };
  readonly _resourceType: string;
  readonly _initiator: HarInitiator;
  readonly _corsInspector: Recorded;
}

export interface HarHeader {
  readonly name: string;
  readonly value: string;
}

/** As Chrome writes it: lines and columns count from 0. */
export interface HarInitiator {
  readonly type: 'preflight' | 'script' | 'other';
  readonly stack?: { readonly callFrames: readonly { readonly functionName: string; readonly url: string; readonly lineNumber: number; readonly columnNumber: number }[] };
}
