import { dropOldest } from './make-room.ts';

/** Joins what Resource Timing says of loads to the requests that they were. Either may be told first. */
export interface ReadableResponses<Request> {
  /** A request is over that began at this time, in milliseconds since the epoch. */
  ended(url: string, request: Request, startedAt: number): void;
  /** Resource Timing has a load at this URL. */
  timed(url: string, load: Load): void;
  clear(): void;
  /** How many requests and loads are remembered. */
  size(): number;
}

/** What Resource Timing says of one load; times in milliseconds since the epoch. */
export interface Load {
  readonly from: number;
  readonly until: number;
  readonly isReadable: boolean;
}

/** By how many milliseconds two clocks may differ that are rounded to one. */
const clockError = 1;

/** How many requests and loads of one URL are remembered: later ones have little to do with them. */
const remembered = 32;

/** And of how many URLs: a page keeps the timings of 250 loads unless it asks for more. */
const mostUrls = 2000;

/**
 * The two share no id, only a URL and time: a request begins on the network after the page asked and before it got an
 * answer. Where several could be meant and say different things, nothing is told of any.
 */
export function createReadableResponses<Request>(tell: (request: Request, isReadable: boolean | undefined) => void): ReadableResponses<Request> {
  interface AtUrl {
    readonly requests: { readonly request: Request; readonly startedAt: number }[];
    readonly loads: Load[];
  }
  const byUrl = new Map<string, AtUrl>();

  function at(url: string): AtUrl {
    const known = byUrl.get(url) ?? { requests: [], loads: [] };
    // The URL that nothing was told of for the longest time comes first.
    byUrl.delete(url);
    byUrl.set(url, known);
    dropOldest(byUrl, mostUrls, (oldest) => byUrl.delete(oldest));
    return known;
  }

  function join({ requests, loads }: AtUrl): void {
    for (const { request, startedAt } of requests) {
      const mine = loads.filter((load) => spans(load, startedAt));
      const rivals = requests.filter((other) => mine.some((load) => spans(load, other.startedAt)));
      const [first] = mine;
      const isSure = mine.length >= rivals.length && mine.every(({ isReadable }) => isReadable === first?.isReadable);
      tell(request, isSure ? first?.isReadable : undefined);
    }
  }

  return {
    ended(url, request, startedAt) {
      const known = at(url);
      if (known.requests.push({ request, startedAt }) > remembered) known.requests.shift();
      join(known);
    },
    timed(url, load) {
      const known = at(url);
      if (known.loads.push(load) > remembered) known.loads.shift();
      join(known);
    },
    clear: () => byUrl.clear(),
    size: () => [...byUrl.values()].reduce((sum, { requests, loads }) => sum + requests.length + loads.length, 0),
  };
}

const spans = ({ from, until }: Load, time: number): boolean => from <= time + clockError && until >= time - clockError;
