/** What is dropped at once when there is no room, as a share of what is kept. */
const atOnce = 1 / 16;

/** How many remain of so many at the most, once room has been made. */
export const afterMakingRoom = (most: number): number => Math.floor(most * (1 - atOnce));

/**
 * Calls `drop` with the oldest keys, if there are more than so many. Many go at once, because to find the oldest a Map
 * passes the places of all that were deleted before: one at a time would take as long for each as there are places.
 */
export function dropOldest<Key>(index: ReadonlyMap<Key, unknown> | ReadonlySet<Key>, most: number, drop: (oldest: Key) => void): void {
  if (index.size <= most) return;
  const kept = afterMakingRoom(most);
  for (const oldest of index.keys()) {
    if (index.size <= kept) return;
    drop(oldest);
  }
}
