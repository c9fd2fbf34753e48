import type { DevTools } from '../browser/driven.ts';
import type { FirefoxDevTools } from '../browser/firefox.ts';
import { inspectInChromium, inspectInFirefox } from '../browser/inspect.ts';

/** Both browsers with the extension loaded. `startNetworkTool`: what it takes until their network tool records; the page is to be loaded afterwards. */
export const browsers = [
  { name: 'chromium', inspect: inspectInChromium, startNetworkTool: async () => {} },
  { name: 'firefox', inspect: inspectInFirefox, startNetworkTool: (devTools: DevTools) => (devTools as FirefoxDevTools).showTool('netmonitor') },
] as const;
