import type { Gap } from '../../../src/index.ts';

const format = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3, hourCycle: 'h23' });

/** Milliseconds since the epoch as the time of day, to the millisecond. */
export const timeOf = (time: number): string => format.format(time);

/** "From 09:00:01.200 until 09:00:01.540". */
export const fromUntil = ({ from, until }: Gap): string => `From ${timeOf(from)} until ${timeOf(until)}`;

/** Milliseconds as a short text: "34 ms", "1.2 s", "3 min". */
export function durationOf(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  return seconds < 60 ? `${seconds.toFixed(1)} s` : `${Math.round(seconds / 60)} min`;
}
