import { type LaterTold, createLaterTold } from './later-told.ts';

/**
 * Joins what Resource Timing says of loads to the requests that they were, by URL: whether the page may read the response.
 * A request begins on the network after the page asked and before it got an answer. Of some requests no
 * load is told, so that equal numbers do not mean that one of each belong together in their order.
 */
export const createReadableResponses = <Request>(tell: (request: Request, isReadable: boolean | undefined) => void): LaterTold<Request, boolean> => createLaterTold({
  tell,
  common: ([first, ...others]) => (others.every((other) => other === first) ? first : undefined),
  clockError, longestWait: clockError, means: 'one',
});

/** Both are rounded to one. */
const clockError = 1;
