/** How long nothing must have happened, in milliseconds. */
const quiet = 1000;

/** Gives a function that says that something happens. The task runs once after nothing has happened for a while. */
export function whenQuiet(task: () => void): () => void {
  let last = 0;
  let isWaiting = false;
  const wait = (time: number): void => {
    setTimeout(() => {
      const left = last + quiet - performance.now();
      if (left > 0) return wait(left);
      isWaiting = false;
      task();
    }, time);
  };
  return () => {
    last = performance.now();
    if (isWaiting) return;
    isWaiting = true;
    wait(quiet);
  };
}
