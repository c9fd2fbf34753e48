import { expect, it } from 'vitest';
import { createNavigations } from '../../extension/devtools/navigations.ts';

const page = 'https://app.example/';
const other = 'https://app.example/other';

/** The last one is when a navigation began that is now known to be over; null: none is. */
type Step = readonly ['requested', requestId: string, url: string, time: number, began: number | null] | readonly ['told', url: string, now: number, began: number | null];

const cases: readonly { readonly name: string; readonly everyUrl?: boolean; readonly steps: readonly Step[] }[] = [
  { name: 'begins with its request', steps: [['requested', '1', page, 10, null], ['told', page, 20, 10], ['requested', '2', page, 30, null], ['told', page, 40, 30]] },
  { name: 'begins with the first hop of its request', steps: [['requested', '1', page, 10, null], ['requested', '1', other, 15, null], ['told', other, 20, 10]] },
  { name: 'is found among others by its URL, whatever its fragment', steps: [['requested', '1', page, 10, null], ['requested', '2', other, 15, null], ['told', `${page}#top`, 20, 10], ['told', other, 25, 15]] },
  { name: 'overtakes an earlier one that never arrived', steps: [['requested', '1', page, 10, null], ['requested', '2', other, 15, null], ['told', other, 20, 15], ['told', page, 30, null]] },
  { name: 'that is told first is known to be over once its request is heard', steps: [['told', page, 20, null], ['requested', '1', page, 10, 10], ['requested', '2', page, 30, null], ['told', page, 40, 30]] },
  { name: 'is another thing than a URL that a script of the page sets', everyUrl: true, steps: [['told', other, 20, null], ['requested', '1', other, 30, null], ['told', page, 35, null], ['told', other, 40, 30]] },
  { name: 'is found when a script of the new page has set its URL since', everyUrl: false, steps: [['requested', '1', page, 10, null], ['told', other, 20, 10]] },
];

it.each(cases)('a navigation $name', ({ everyUrl = true, steps }) => {
  const navigations = createNavigations({ everyUrl });
  for (const step of steps) {
    if (step[0] === 'requested') expect(navigations.requested({ requestId: step[1], url: step[2], time: step[3] })).toBe(step[4]);
    else expect(navigations.told(step[1], step[2])).toBe(step[3]);
  }
});
