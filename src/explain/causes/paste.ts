import { serializeOrigin } from '../../fetch/origin.ts';
import { redactUrl } from '../redact.ts';

/**
 * Values of a page or a server for code to paste. None has a character that ends a string, an attribute, a directive or a
 * regular expression; null: this one would, or is too long to be of use.
 */

const longest = 2000;
const harmlessUrl = /^[\w:/?#[\]@!&()*+,;=.~%-]+$/;
const harmlessOrigin = /^[\w:/.[\]-]+$/;

/** The URL, without secrets. */
export function pastableUrl(url: string): string | null {
  const redacted = redactUrl(url);
  return redacted.length <= longest && harmlessUrl.test(redacted) ? redacted : null;
}

/** The origin of a URL, or an origin. */
export function pastableOrigin(url: string): string | null {
  const origin = serializeOrigin(url);
  return origin !== 'null' && origin.length <= longest && harmlessOrigin.test(origin) ? origin : null;
}

/** A regular expression of JavaScript for all that is below an origin, and for nothing else. */
export const below = (origin: string): string => `/^${`${origin}/`.replace(/[/.[\]]/g, '\\$&')}/`;

/** An element that asks for a URL, or null: no element does. */
export function elementCode(type: string, url: string, attributes: string): string | null {
  const write = elements.get(type);
  const pastable = pastableUrl(url)?.replaceAll('&', '&amp;');
  return write && pastable ? write(attributes, pastable) : null;
}

const elements: ReadonlyMap<string, (attributes: string, url: string) => string> = new Map([
  ['image', (attributes, url) => `<img ${attributes}src="${url}">`],
  ['imageset', (attributes, url) => `<img ${attributes}srcset="${url}">`],
  ['media', (attributes, url) => `<video ${attributes}src="${url}"></video>`],
  ['script', (attributes, url) => `<script ${attributes}src="${url}"></script>`],
  ['stylesheet', (attributes, url) => `<link rel="stylesheet" ${attributes}href="${url}">`],
]);
