/**
 * The text of an isomorphic string (one code point per byte, as header values are kept), or null where its bytes are no
 * UTF-8. https://encoding.spec.whatwg.org/#utf-8-decode-without-bom-or-fail
 */
export function utf8Decode(bytes: string): string | null {
  if (isAscii(bytes)) return bytes;
  try {
    return decodeURIComponent(bytes.replace(/[%\x80-\xff]/g, (byte) => `%${byte.charCodeAt(0).toString(16).padStart(2, '0')}`));
  } catch {
    return null;
  }
}

/** The text to show to a reader: UTF-8 where it is, else each byte as the code point of its number. */
export const readable = (bytes: string): string => utf8Decode(bytes) ?? bytes;

/** The bytes of a text as an isomorphic string. https://encoding.spec.whatwg.org/#utf-8-encode */
export function utf8Encode(text: string): string {
  if (isAscii(text)) return text;
  const scalars = text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd');
  return encodeURIComponent(scalars).replace(/%([0-9A-F]{2})/g, (_, byte: string) => String.fromCharCode(Number.parseInt(byte, 16)));
}

const isAscii = (value: string): boolean => /^[\x00-\x7f]*$/.test(value);
