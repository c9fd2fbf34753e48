/** What share of one core a task may take, so that the page under inspection is not slowed down by being watched. */
const share = 0.1;

/** The least time between two runs, in milliseconds. */
const shortest = 100;

/**
 * Gives a function that asks for the task to be run soon. However often it is asked, the task runs once at a time, and
 * pauses for ten times as long as it took. It counts as running until what it returns has settled.
 */
export function pace(task: () => void | Promise<void>): () => void {
  let isWaiting = false;
  let free = 0;
  return () => {
    if (isWaiting) return;
    isWaiting = true;
    setTimeout(async () => {
      isWaiting = false;
      const start = performance.now();
      await task();
      const end = performance.now();
      free = end + (end - start) / share;
    }, Math.max(shortest, free - performance.now()));
  };
}
