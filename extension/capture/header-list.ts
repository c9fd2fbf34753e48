import type { Header, HeaderList } from '../../src/index.ts';

/** A header as the extension API hands it over: text, or the bytes of a value that is no UTF-8. */
export interface ExtensionHeader {
  readonly name: string;
  readonly value?: string | undefined;
  readonly binaryValue?: readonly number[] | undefined;
}

/** Back to one code point per byte: browsers decode a value that is UTF-8 and hand over the bytes of any other. */
export const headerList = (headers: readonly ExtensionHeader[] | undefined): HeaderList =>
  (headers ?? []).map(({ name, value, binaryValue }): Header =>
    [name, value === undefined ? isomorphicDecode(binaryValue ?? []) : asBytes(value)]);

const asBytes = (value: string): string => (/^[\x00-\x7f]*$/.test(value) ? value : isomorphicDecode(new TextEncoder().encode(value)));

const isomorphicDecode = (bytes: Iterable<number>): string => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
