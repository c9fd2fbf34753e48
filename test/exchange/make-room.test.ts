import { expect, it } from 'vitest';
import { dropOldest } from '../../src/exchange/make-room.ts';

const upTo = (size: number): number[] => Array.from({ length: size }, (_, key) => key);

const rows = [
  { name: 'nothing is dropped while there is room', size: 32, most: 32, left: upTo(32) },
  { name: 'the oldest go, a sixteenth at once', size: 33, most: 32, left: upTo(33).slice(3) },
  { name: 'one goes where a sixteenth is less than one', size: 5, most: 4, left: [2, 3, 4] },
  { name: 'all of it where nothing may be kept', size: 3, most: 0, left: [] },
];
it.each(rows)('$name', ({ size, most, left }) => {
  const index = new Set(upTo(size));
  dropOldest(index, most, (oldest) => index.delete(oldest));
  expect([...index]).toEqual(left);
});
