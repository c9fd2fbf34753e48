import type { NetworkEvent } from '../../src/index.ts';

type Load = NetworkEvent & { readonly kind: 'resource-timing' };

/** Runs in the inspected page: the loads of the main frame and of all frames of its origin. */
const readLoads = `(() => {
  const loads = [];
  const read = (frame) => {
    try {
      const { timeOrigin } = frame.performance;
      for (const { name, startTime, responseEnd, responseStatus } of frame.performance.getEntriesByType('resource')) {
        loads.push([name, timeOrigin + startTime, timeOrigin + responseEnd, responseStatus]);
      }
      for (let index = 0; index < frame.length; index += 1) read(frame[index]);
    } catch {}
  };
  read(window);
  return { loads };
})()`;

/** More than a page's buffers hold, unless it enlarges them or invents loads; of more, the last ones are read. */
export const mostLoads = 10_000;

/**
 * Reads the Resource Timing of the page in which `evaluate` evaluates; each call resolves to the loads that no call
 * before has told.
 */
export function createResourceTimingReader(evaluate: (expression: string) => Promise<unknown>): () => Promise<readonly Load[]> {
  /** How often each load was told. Two may be alike in everything, so it is their number that counts. */
  let told = new Map<string, number>();
  return async () => {
    const loads = parseLoads(await evaluate(readLoads));
    const present = new Map<string, number>();
    const fresh = loads.filter((load) => {
      const key = JSON.stringify(load);
      const count = (present.get(key) ?? 0) + 1;
      present.set(key, count);
      return count > (told.get(key) ?? 0);
    });
    told = present;
    return fresh;
  };
}

/** The page may have put anything in the place of its timings. */
const parseLoads = (value: unknown): readonly Load[] => (!isRecord(value) || !Array.isArray(value['loads']) ? [] : value['loads'].slice(-mostLoads).flatMap((load: unknown): readonly Load[] => {
  if (!Array.isArray(load)) return [];
  const [url, from, until, responseStatus] = load as readonly unknown[];
  return typeof url === 'string' && isFiniteNumber(from) && isFiniteNumber(until) && isFiniteNumber(responseStatus)
    ? [{ kind: 'resource-timing', url, from, until, responseStatus }]
    : [];
}));

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;
const isFiniteNumber = (value: unknown): value is number => Number.isFinite(value);
