import { serializeOrigin } from '../../src/index.ts';

/**
 * Tells the requests of the inspected tab from all others. Shared and service workers have no tab: a request of theirs
 * counts as the tab's while it shows a document of their origin, also where another tab shows one, too.
 */
export interface TabRequests {
  /** `origin`: of the document or worker that asks, serialised; null: the browser itself. */
  includes(request: { readonly tabId: number; readonly type: string; readonly origin: string | null }): boolean;
  /** The tab shows the document at this URL from now on. */
  shows(url: string): void;
}

/** What webRequest says of a request without a tab. */
export const noTab = -1;

/** A page with more frames than that is after something else. */
const mostOrigins = 1000;

export function createTabRequests(tabId: number): TabRequests {
  let shown = new Set<string>();
  return {
    includes(request) {
      const { origin, type } = request;
      if (request.tabId !== tabId) return request.tabId === noTab && origin !== null && shown.has(origin);
      // Who asks for a document of the tab's own need not be shown in it.
      if (origin !== null && origin !== 'null' && type !== 'main_frame' && shown.size < mostOrigins) shown.add(origin);
      return true;
    },
    shows(url) {
      const origin = serializeOrigin(url);
      // A new URL of the same page says nothing of its frames.
      if (!shown.has(origin)) shown = new Set(origin === 'null' ? [] : [origin]);
    },
  };
}
