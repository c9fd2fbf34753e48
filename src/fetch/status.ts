/** https://fetch.spec.whatwg.org/#ok-status */
export const isOkStatus = (status: number): boolean => status >= 200 && status <= 299;

const redirectStatuses: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** https://fetch.spec.whatwg.org/#redirect-status */
export const isRedirectStatus = (status: number): boolean => redirectStatuses.has(status);
