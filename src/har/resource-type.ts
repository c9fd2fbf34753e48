import { byteLowercase } from '../fetch/byte.ts';
import { contains, get } from '../fetch/header-list.ts';
import type { ReadEntry } from './entries.ts';

/** What Chrome calls a type of request in a HAR file, and what webRequest calls it. Any other is `other` in both. */
const types: readonly (readonly [har: string, webRequest: string])[] = [
  ['xhr', 'xmlhttprequest'], ['fetch', 'xmlhttprequest'], ['eventsource', 'xmlhttprequest'],
  ['document', 'sub_frame'], ['document', 'main_frame'], ['font', 'font'], ['image', 'image'], ['media', 'media'], ['script', 'script'], ['stylesheet', 'stylesheet'],
  ['ping', 'ping'], ['ping', 'beacon'], ['websocket', 'websocket'], ['webtransport', 'webtransport'], ['csp-violation-report', 'csp_report'], ['manifest', 'web_manifest'],
];

/** What `Sec-Fetch-Dest` says. https://fetch.spec.whatwg.org/#concept-request-destination */
const destinations: ReadonlyMap<string, string> = new Map([
  ['empty', 'xmlhttprequest'], ['document', 'main_frame'], ['iframe', 'sub_frame'], ['frame', 'sub_frame'], ['object', 'object'], ['embed', 'object'],
  ['font', 'font'], ['image', 'image'], ['audio', 'media'], ['video', 'media'], ['track', 'media'], ['style', 'stylesheet'], ['script', 'script'],
]);

// Of several rows the first one counts.
const webRequestTypes: ReadonlyMap<string, string> = new Map(types.toReversed());
const harTypes: ReadonlyMap<string, string> = new Map(types.map(([har, webRequest]) => [webRequest, har] as const).reverse());

export const harTypeOf = (webRequestType: string): string => harTypes.get(webRequestType) ?? 'other';

/** The type as webRequest names it, from what the file says of it or the request itself. */
export function webRequestTypeOf({ resourceType, requestHeaders }: ReadEntry): string {
  if (get(requestHeaders, 'sec-fetch-mode') === 'navigate' || contains(requestHeaders, 'upgrade-insecure-requests')) return 'main_frame';
  if (byteLowercase(get(requestHeaders, 'upgrade') ?? '') === 'websocket') return 'websocket';
  const destination = destinations.get(get(requestHeaders, 'sec-fetch-dest') ?? '');
  return (resourceType === '' ? destination : webRequestTypes.get(resourceType)) ?? 'other';
}
