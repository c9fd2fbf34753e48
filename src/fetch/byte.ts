const ascii = /^[\x00-\x7f]*$/;

/** https://infra.spec.whatwg.org/#byte-lowercase: only A to Z change, so no other code point can turn into one of them. */
export const byteLowercase = (value: string): string =>
  (ascii.test(value) ? value.toLowerCase() : value.replace(/[A-Z]+/g, (run) => run.toLowerCase()));

/** https://infra.spec.whatwg.org/#byte-uppercase */
export const byteUppercase = (value: string): string => value.replace(/[a-z]+/g, (run) => run.toUpperCase());
