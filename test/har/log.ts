import type { Header } from '../../src/fetch/header-list.ts';
import { headers } from '../header-text.ts';

/** A HAR file in a few words, in the dialect of a browser. */
export interface EntryStory {
  readonly url: string;
  readonly method?: string;
  /** Milliseconds after the first one. */
  readonly at?: number;
  readonly time?: number;
  /** Lines of the request, beside those that every request has; null: as the browser's log has a request that was not sent. */
  readonly sent?: readonly string[] | null;
  /** Its first line is the status; 0 and no lines: none. */
  readonly answer?: readonly [status: number, ...lines: readonly string[]];
  readonly error?: string | null;
  readonly type?: string;
  /** What else stands in the entry. */
  readonly more?: Readonly<Record<string, unknown>>;
  /** What else stands in its response. */
  readonly inResponse?: Readonly<Record<string, unknown>>;
}

export const app = 'https://app.example';
export const api = 'https://api.example/a';
const startedAt = Date.UTC(2026, 10, 20, 9, 0, 0);

const lines = (texts: readonly string[]) => headers(...texts).map(([name, value]: Header) => ({ name, value }));

function entry({ url, method = 'GET', at = 0, time = 5, sent = [], answer: [status, ...answer] = [0], more = {} }: EntryStory, unsent: readonly string[], own: readonly string[]) {
  const location = lines(answer).find(({ name }) => name === 'Location')?.value ?? '';
  return {
    pageref: 'page_1', startedDateTime: new Date(startedAt + at).toISOString(), time, cache: {}, timings: { send: 0, wait: time, receive: 0 },
    request: { method, url, httpVersion: 'HTTP/1.1', cookies: [], headers: lines(sent === null ? unsent : [`Host: ${new URL(url).host}`, 'Accept: */*', ...own, ...sent]), queryString: [], headersSize: -1, bodySize: 0 },
    response: { status, statusText: '', httpVersion: 'HTTP/1.1', cookies: [], headers: lines(answer), content: { size: 0, mimeType: 'x-unknown' }, redirectURL: location, headersSize: -1, bodySize: 0 },
    ...more,
  };
}

const page = { startedDateTime: '2026-11-20T09:00:00.000Z', id: 'page_1', title: `${app}/`, pageTimings: {} };

/** As Chrome's Network panel writes it. */
export function chromeLog(...stories: readonly EntryStory[]) {
  return {
    log: {
      version: '1.2', creator: { name: 'WebInspector', version: '537.36' }, pages: [page],
      entries: stories.map((story) => {
        const { response, ...written } = entry(story, [`Referer: ${app}/`, 'sec-ch-ua: "x"'], ['User-Agent: Mozilla/5.0 Chrome/156.0.0.0 Safari/537.36']);
        const { error = null, method, type = method === 'OPTIONS' ? 'preflight' : 'fetch', inResponse = {} } = story;
        return { _resourceType: type, _initiator: { type: type === 'preflight' ? type : 'script' }, ...written, response: { ...response, _error: error, ...inResponse } };
      }),
    },
  };
}

/** As Firefox's Network monitor writes it. */
export function firefoxLog(...stories: readonly EntryStory[]) {
  return {
    log: {
      version: '1.2', creator: { name: 'Firefox', version: '153.7.0' }, browser: { name: 'Firefox', version: '153.7.0' }, pages: [page],
      entries: stories.map((story) => entry(story, [`Referer: ${app}/`], ['User-Agent: Mozilla/5.0 Gecko/20100101 Firefox/153.0'])),
    },
  };
}
