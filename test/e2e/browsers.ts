import { inspectInChromium, inspectInFirefox } from '../browser/inspect.ts';

/** Both browsers with the extension loaded. */
export const browsers = [
  { name: 'chromium', inspect: inspectInChromium },
  { name: 'firefox', inspect: inspectInFirefox },
] as const;
