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
  /** What stays open although the page is asked. */
  readonly untold: readonly Untold[];
  open(extension: string, stage: Stage, askThePage?: boolean): Promise<OracleBrowser>;
}

/** Cases in which even the page cannot tell what decides. */
export interface Untold {
  readonly why: string;
  concerns(one: OracleCase): boolean;
}

export const isToldBy = ({ untold }: Pick<Choice, 'untold'>, one: OracleCase): boolean => !untold.some(({ concerns }) => concerns(one));

/** The browsers that can be asked. */
export const oracleBrowsers = {
  chromium: {
    ensure: ensureChromium, extension: extensionFolder, open: openOracleChromium,
    untold: [{ why: 'its DevTools evaluate nothing for an extension in a document whose origin is opaque', concerns: ({ page }: OracleCase) => page === 'opaque' }],
  },
  firefox: {
    ensure: ensureFirefox, extension: firefoxExtensionFolder, open: openOracleFirefox,
    untold: [{ why: 'its extension API joins the lines of one name, and no page sees the lines', concerns: hasUntoldLines }],
  },
} as const satisfies Record<string, Choice>;

export const isOracleBrowserName = (name: string): name is keyof typeof oracleBrowsers => Object.hasOwn(oracleBrowsers, name);
