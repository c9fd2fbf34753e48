/** When something began and ended, in milliseconds since the epoch. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

/** Joins what Resource Timing says of loads to the requests that they were. Either may be told first. */
export interface ReadableResponses<Request> {
  /** A request is over. */
  ended(url: string, request: Request, span: Span): void;
  /** Resource Timing has a load at this URL. */
  timed(url: string, load: Span & { readonly isReadable: boolean }): void;
  clear(): void;
}

/** How far apart two clocks may be that are rounded to a millisecond each. */
const clockError = 2;

/** How many requests and loads of one URL are remembered: later ones have little to do with them. */
const remembered = 32;

/**
 * The two share no id, only a URL and time: a load spans its request, which the page asked for before the network began
 * and got after the network ended. Where several could be meant and say different things, nothing is told of any.
 */
export function createReadableResponses<Request>(tell: (request: Request, isReadable: boolean | undefined) => void): ReadableResponses<Request> {
  interface AtUrl {
    readonly requests: { readonly request: Request; readonly span: Span }[];
    readonly loads: (Span & { readonly isReadable: boolean })[];
  }
  const byUrl = new Map<string, AtUrl>();

  function at(url: string): AtUrl {
    const known = byUrl.get(url) ?? { requests: [], loads: [] };
    byUrl.set(url, known);
    return known;
  }

  function join({ requests, loads }: AtUrl): void {
    for (const { request, span } of requests) {
      const mine = loads.filter((load) => spans(load, span));
      const rivals = requests.filter((other) => mine.some((load) => spans(load, other.span)));
      const [first] = mine;
      const isSure = mine.length >= rivals.length && mine.every(({ isReadable }) => isReadable === first?.isReadable);
      tell(request, isSure ? first?.isReadable : undefined);
    }
  }

  return {
    ended(url, request, span) {
      const known = at(url);
      if (known.requests.push({ request, span }) > remembered) known.requests.shift();
      join(known);
    },
    timed(url, load) {
      const known = at(url);
      if (known.loads.push(load) > remembered) known.loads.shift();
      join(known);
    },
    clear: () => byUrl.clear(),
  };
}

const spans = (load: Span, request: Span): boolean => load.from <= request.from + clockError && load.until >= request.until - clockError;
