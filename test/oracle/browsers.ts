import { ensureChromium, ensureFirefox } from '../browser/install.ts';
import { extensionFolder, firefoxExtensionFolder } from '../playground/extension.ts';
import type { OracleBrowser } from './arena.ts';
import { openOracleChromium } from './chromium.ts';
import { openOracleFirefox } from './firefox.ts';
import type { OracleCase } from './cases.ts';
import type { Stage } from './stage.ts';

interface Choice {
  /** Installs the browser where it is missing. */
  ensure(): Promise<unknown>;
  /** Folder of the unpacked extension. */
  readonly extension: string;
  /** Whether "Ask the page" reaches the page of this case. */
  canAsk(one: OracleCase): boolean;
  open(extension: string, stage: Stage, askThePage?: boolean): Promise<OracleBrowser>;
}

/** The browsers that can be asked. */
export const oracleBrowsers = {
  // DevTools evaluates nothing for an extension in a document whose origin is opaque.
  chromium: { ensure: ensureChromium, extension: extensionFolder, canAsk: ({ page }) => page === 'tuple', open: openOracleChromium },
  firefox: { ensure: ensureFirefox, extension: firefoxExtensionFolder, canAsk: () => true, open: openOracleFirefox },
} as const satisfies Record<string, Choice>;

export const isOracleBrowserName = (name: string): name is keyof typeof oracleBrowsers => Object.hasOwn(oracleBrowsers, name);
