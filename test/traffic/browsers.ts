import { ensureChromium, ensureFirefox } from '../browser/install.ts';
import { extensionFolder, firefoxExtensionFolder } from '../playground/extension.ts';
import { openTrafficChromium } from './chromium.ts';
import { openTrafficFirefox } from './firefox.ts';
import type { TrafficStage } from './stage.ts';
import type { TrafficBrowser } from './traffic.ts';

/** The browsers that can make traffic, with the built extension. */
export const trafficBrowsers: Readonly<Record<string, (stage: TrafficStage) => Promise<TrafficBrowser>>> = {
  chromium: async (stage) => {
    await ensureChromium();
    return openTrafficChromium(extensionFolder, stage);
  },
  firefox: async (stage) => {
    await ensureFirefox();
    return openTrafficFirefox(firefoxExtensionFolder, stage);
  },
};
