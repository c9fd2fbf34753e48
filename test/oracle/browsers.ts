import { ensureChromium, ensureFirefox } from '../browser/install.ts';
import { extensionFolder, firefoxExtensionFolder } from '../playground/extension.ts';
import type { OracleBrowser } from './arena.ts';
import { openOracleChromium } from './chromium.ts';
import { openOracleFirefox } from './firefox.ts';
import type { Stage } from './stage.ts';

interface Choice {
  /** Installs the browser where it is missing. */
  ensure(): Promise<unknown>;
  /** Folder of the unpacked extension. */
  readonly extension: string;
  open(extension: string, stage: Stage): Promise<OracleBrowser>;
}

/** The browsers that can be asked. */
export const oracleBrowsers = {
  chromium: { ensure: ensureChromium, extension: extensionFolder, open: openOracleChromium },
  firefox: { ensure: ensureFirefox, extension: firefoxExtensionFolder, open: openOracleFirefox },
} as const satisfies Record<string, Choice>;

export const isOracleBrowserName = (name: string): name is keyof typeof oracleBrowsers => Object.hasOwn(oracleBrowsers, name);
