import { checks } from './checks.js';

/** How long a check may take, in milliseconds, before it counts as one that never ends. */
const longest = 3000;

async function lookAtAll() {
  const seen = {};
  for (const { name, look } of checks) {
    let timer;
    const tooLong = new Promise((resolve) => {
      timer = setTimeout(() => resolve('never ended'), longest);
    });
    try {
      seen[name] = (await Promise.race([look(), tooLong])) ?? null;
    } catch (error) {
      seen[name] = `${error}`;
    }
    clearTimeout(timer);
  }
  // As text, nothing of it changes on its way.
  return JSON.stringify(seen);
}

globalThis.seen = lookAtAll();
