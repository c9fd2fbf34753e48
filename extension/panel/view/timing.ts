import { type Exchange, type Times, shorten } from '../../../src/index.ts';
import { durationOf } from './time.ts';

/** A redirect may be followed twenty times. */
const mostParts = 6;

/** How long it took, and how long each request in it waited for its response: "84 ms: preflight 31 ms, PUT 40 ms". Null: not known. */
export function timingOf({ startedAt, end, hops }: Exchange): string | null {
  const parts = hops.flatMap(({ method, preflight, times }) => [
    ...(preflight?.from === 'network' ? waited('preflight', preflight.times) : []),
    ...waited(shorten(method, 40), times),
  ]);
  const shown = `${parts.slice(0, mostParts).join(', ')}${parts.length > mostParts ? ' …' : ''}`;
  const whole = 'at' in end ? durationOf(Math.max(0, end.at - startedAt)) : null;
  if (whole === null) return shown === '' ? null : shown;
  return shown === '' ? whole : `${whole}: ${shown}`;
}

function waited(name: string, times: Times | undefined): readonly string[] {
  if (!times || times.sentAt === null || times.answeredAt === null || times.answeredAt <= times.sentAt) return [];
  return [`${name} ${durationOf(times.answeredAt - times.sentAt)}`];
}
