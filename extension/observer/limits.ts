/** What the observer keeps of one frame, and what is believed to come from it: a page can make any number of requests, and forge any. */
export const observerLimits = {
  requests: 1000,
  elements: 1000,
  characters: 1_000_000,
  url: 16_384,
  method: 256,
  headers: 100,
  headerName: 256,
  stack: 4000,
} as const;

export type ObserverLimits = typeof observerLimits;
