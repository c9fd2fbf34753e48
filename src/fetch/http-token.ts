const tokenCodePoints = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** A string of one or more HTTP token code points. https://mimesniff.spec.whatwg.org/#http-token-code-point */
export const isHttpToken = (value: string): boolean => tokenCodePoints.test(value);
