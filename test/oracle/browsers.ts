import { ensureChromium, ensureFirefox } from '../browser/install.ts';
import { extensionFolder, firefoxExtensionFolder } from '../playground/extension.ts';
import type { OracleBrowser } from './arena.ts';
import { openOracleChromium } from './chromium.ts';
import { hasUntoldLines, openOracleFirefox } from './firefox.ts';
import type { OracleCase } from './cases.ts';
import type { Stage } from './stage.ts';

interface Choice {
  /** Installs the browser where it is missing. */
  ensure(): Promise<unknown>;
  /** Folder of the unpacked extension. */
  readonly extension: string;
  /** Whether nothing of this case is left open once the page is asked. */
  tellsAll(one: OracleCase): boolean;
  open(extension: string, stage: Stage, askThePage?: boolean): Promise<OracleBrowser>;
}

/** The browsers that can be asked. */
export const oracleBrowsers = {
  // DevTools evaluates nothing for an extension in a document whose origin is opaque.
  chromium: { ensure: ensureChromium, extension: extensionFolder, tellsAll: ({ page }) => page === 'tuple', open: openOracleChromium },
  // What lines a response had, no page can tell.
  firefox: { ensure: ensureFirefox, extension: firefoxExtensionFolder, tellsAll: (one: OracleCase) => !hasUntoldLines(one), open: openOracleFirefox },
} as const satisfies Record<string, Choice>;

export const isOracleBrowserName = (name: string): name is keyof typeof oracleBrowsers => Object.hasOwn(oracleBrowsers, name);
