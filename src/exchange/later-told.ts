import { dropOldest } from './make-room.ts';

/** Joins what is told of requests, later and without a request id, to the requests that it means. Either may come first. */
export interface LaterTold<Request, Told> {
  /** The network began a request at this time, in milliseconds since the epoch. The key is all that the two have in common. */
  began(key: string, request: Request, startedAt: number): void;
  /** Somebody asked for a request at this time, or at some time until then. */
  told(key: string, told: Told, time: number, until?: number): void;
  /** It turned out that nothing is ever told of it. */
  withdraw(key: string, request: Request): void;
  clear(): void;
  /** How many requests, and how much of what is told, are remembered. */
  size(): number;
}

export interface LaterToldOptions<Request, Told> {
  /** Told anew whenever it changes; undefined: not known. */
  tell(request: Request, told: Told | undefined): void;
  /** What all of these say; undefined: they differ. */
  common(told: readonly [Told, ...Told[]]): Told | undefined;
  /** By how many milliseconds the clocks may differ. */
  readonly clockError: number;
  /** How long, in milliseconds, a request may wait before the network begins it. */
  readonly longestWait: number;
  /** How many requests each that is told means; `one in order`: they begin in the order in which they are told. */
  readonly means: 'one in order' | 'one' | 'many';
}

/** How much of either side is remembered for one key: what comes later has little to do with it. */
const remembered = 32;

/** And for how many keys. Resource Timing has 250 loads unless the page asks for more. */
const mostKeys = 2000;

/**
 * The two share no id, only a key and time. Where some are missing on one side, or their order is lost, or one may mean
 * many, and what may be meant says different things, nothing is told of any.
 */
export function createLaterTold<Request, Told>({ tell, common, clockError, longestWait, means }: LaterToldOptions<Request, Told>): LaterTold<Request, Told> {
  interface Timed<T> {
    readonly of: T;
    readonly time: number;
  }
  interface Said extends Timed<Told> {
    readonly until: number;
  }
  interface Alike {
    readonly requests: Timed<Request>[];
    readonly told: Said[];
  }
  const byKey = new Map<string, Alike>();

  function alike(key: string): Alike {
    const known = byKey.get(key) ?? { requests: [], told: [] };
    // The one that nothing was heard of for the longest time comes first.
    byKey.delete(key);
    byKey.set(key, known);
    dropOldest(byKey, mostKeys, (oldest) => byKey.delete(oldest));
    return known;
  }

  const mayMean = (told: Said | undefined, request: Timed<Request>): boolean =>
    told !== undefined && told.time <= request.time + clockError && told.until >= request.time - longestWait;

  function join({ requests, told }: Alike): void {
    const isPaired = means === 'one in order' && requests.length === told.length && requests.every((request, index) => mayMean(told[index], request));
    requests.forEach((request, index) => tell(request.of, isPaired ? told[index]?.of : commonTo(request, requests, told)));
  }

  /** What all say that may mean it, if there is one for each request that any of them may mean, or one may mean many. */
  function commonTo(request: Timed<Request>, requests: readonly Timed<Request>[], told: readonly Said[]): Told | undefined {
    const mine = told.filter((one) => mayMean(one, request));
    const [first, ...others] = mine;
    if (!first) return undefined;
    const until = Math.max(...mine.map((one) => one.until)) + longestWait;
    const rivals = requests.filter(({ time }) => time >= first.time - clockError && time <= until);
    return means !== 'many' && rivals.length > mine.length ? undefined : common([first.of, ...others.map((other) => other.of)]);
  }

  return {
    began(key, request, time) {
      const known = alike(key);
      insert(known.requests, { of: request, time });
      if (known.told.length > 0) join(known);
    },
    told(key, told, time, until = time) {
      const known = alike(key);
      insert(known.told, { of: told, time, until });
      if (known.requests.length > 0) join(known);
    },
    withdraw(key, request) {
      const known = alike(key);
      const index = known.requests.findIndex(({ of }) => of === request);
      if (index === -1) return;
      known.requests.splice(index, 1);
      join(known);
    },
    clear: () => byKey.clear(),
    size: () => [...byKey.values()].reduce((sum, { requests, told }) => sum + requests.length + told.length, 0),
  };
}

function insert<T extends { readonly time: number }>(list: T[], item: T): void {
  let index = list.length;
  while (index > 0 && (list[index - 1]?.time ?? 0) > item.time) index -= 1;
  list.splice(index, 0, item);
  if (list.length > remembered) list.shift();
}
