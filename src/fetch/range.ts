const simpleRange = /^bytes=([0-9]+)-([0-9]*)$/;

/**
 * Whether a `Range` value is one range with a start, which is all that the safelist admits.
 * https://fetch.spec.whatwg.org/#simple-range-header-value
 */
export function isSimpleRangeHeaderValue(value: string): boolean {
  const [, start, end] = simpleRange.exec(value) ?? [];
  if (start === undefined) return false;
  // If rangeStartValue is greater than rangeEndValue, then return failure. The value is at most 128 bytes long.
  return end === undefined || end === '' || BigInt(start) <= BigInt(end);
}
