/** https://infra.spec.whatwg.org/#byte-lowercase: only A to Z change, so no other code point can turn into one of them. */
export const byteLowercase = (value: string): string => value.replace(/[A-Z]+/g, (run) => run.toLowerCase());

/** https://infra.spec.whatwg.org/#byte-uppercase */
export const byteUppercase = (value: string): string => value.replace(/[a-z]+/g, (run) => run.toUpperCase());

/** Length in bytes of the value as it is sent: one per code point up to U+00FF, else as UTF-8. */
export function byteLength(value: string): number {
  let bytes = 0;
  for (const point of value) {
    const code = point.codePointAt(0) ?? 0;
    bytes += code < 0x100 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
