import { type Gap, counted, grouped } from '../../../src/index.ts';
import { fromUntil } from './time.ts';

/** What the list says of the times in which nothing was heard; `unknown` requests were under way and are not known to be over. */
export function gapSentences(gaps: readonly Gap[], unknown: number): string {
  const last = gaps.at(-1);
  if (!last) return '';
  const before = gaps.length - 1;
  return [
    `${fromUntil(last)} nothing was heard of the network.`,
    ...(before === 0 ? [] : [`That happened ${before === 1 ? 'once' : `${grouped(before)} times`} before, too.`]),
    'Requests of that time may be missing here.',
    ...(unknown === 0 ? [] : [`What became of ${counted(unknown, 'request')} is unknown.`]),
    'Reload the page to be sure.',
  ].join(' ');
}
