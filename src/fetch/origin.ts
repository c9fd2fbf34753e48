import { parseUrl } from './url.ts';

/**
 * The ASCII serialisation of a URL's origin; `null` for an opaque origin and for what is no URL.
 * https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin
 */
export function serializeOrigin(url: string): string {
  const parsed = parseUrl(url);
  if (!parsed) return 'null';
  const { origin, protocol, host } = parsed;
  // The URL parser gives an extension's page an opaque origin; the browsers give it a tuple origin of its own.
  if (origin === 'null' && extensionScheme.test(protocol) && host !== '') return `${protocol}//${host}`;
  return origin;
}

const extensionScheme = /^(chrome|moz|safari-web)-extension:$/;

/**
 * Whether two serialised origins are the same. An opaque origin is the same as none that can be seen from outside.
 * https://html.spec.whatwg.org/multipage/browsers.html#same-origin
 */
export const isSameOrigin = (a: string, b: string): boolean => a !== 'null' && a === b;

/** The parts in which two serialised tuple origins differ. */
export type OriginPart = 'scheme' | 'host' | 'port';

/** Which parts of two origins differ; null when one of them is not a tuple origin or not an origin at all. */
export function differingParts(a: string, b: string): readonly OriginPart[] | null {
  const [left, right] = [parseUrl(a), parseUrl(b)];
  if (!left?.host || !right?.host) return null;
  const parts: OriginPart[] = [];
  if (left.protocol !== right.protocol) parts.push('scheme');
  if (left.hostname !== right.hostname) parts.push('host');
  // A default port is part of the scheme's difference, not a difference of its own.
  if (left.port !== right.port) parts.push('port');
  return parts;
}
