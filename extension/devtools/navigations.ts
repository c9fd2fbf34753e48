/** What is heard of the request for a document of the main frame. */
export interface DocumentRequest {
  /** The same for all hops of one navigation. */
  readonly requestId: string;
  readonly url: string;
  /** Milliseconds since the epoch. */
  readonly time: number;
}

/**
 * Joins the end of a navigation to its beginning. The network tells when it began, DevTools tell that it is over, and
 * neither waits for the other: where an event page relays the network, the end may be told first. Both give back when the
 * navigation began, in milliseconds since the epoch, as soon as both are known.
 */
export interface Navigations {
  requested(request: DocumentRequest): number | null;
  /** The page has this URL now, in milliseconds since the epoch. */
  told(url: string, now: number): number | null;
}

/** How many may be under way that never arrive: downloads, answers without a document. */
const most = 20;

/**
 * `everyUrl`: whether each new URL of the page is told, those that a script of it sets included. Such a one has no
 * request. Where they are not told, a navigation may be told with the URL that the new page has given itself since.
 */
export function createNavigations({ everyUrl }: { readonly everyUrl: boolean }): Navigations {
  let underWay: readonly DocumentRequest[] = [];
  /** What was told without a request, as far as one was heard. */
  let early: { readonly url: string; readonly time: number } | null = null;
  return {
    requested({ requestId, url, time }) {
      if (early !== null && withoutFragment(url) === early.url && time <= early.time) {
        early = null;
        return time;
      }
      const first = underWay.find((request) => request.requestId === requestId);
      underWay = [...underWay.filter((request) => request !== first).slice(1 - most), { requestId, url: withoutFragment(url), time: first?.time ?? time }];
      return null;
    },
    told(url, now) {
      const wanted = withoutFragment(url);
      const found = underWay.findLast((request) => request.url === wanted) ?? (everyUrl ? undefined : underWay.at(-1));
      early = found ? null : { url: wanted, time: now };
      if (found) underWay = underWay.slice(underWay.indexOf(found) + 1);
      return found?.time ?? null;
    },
  };
}

const withoutFragment = (url: string): string => url.split('#', 1)[0] ?? url;
