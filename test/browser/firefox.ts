import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { waitFor } from './chromium.ts';
import { type DevTools, type Driven, type Evaluates, type InspectedPage, type Key, find } from './driven.ts';
import { ensureFirefox } from './install.ts';
import { type Marionette, connectMarionette } from './marionette.ts';
import { type Surroundings, firefoxIn } from './surroundings.ts';

export interface LaunchOptions {
  /** Folder of the unpacked extension; null for a browser without one. */
  readonly extension: string | null;
  /** Default: FIREFOX_PATH, or the Firefox that is found; it is installed where there is none. */
  readonly executable?: string;
  readonly headless?: boolean;
  /** Of DevTools, in CSS pixels. */
  readonly size?: { readonly width: number; readonly height: number };
  readonly preferences?: Readonly<Record<string, string | number | boolean>>;
  readonly surroundings?: Surroundings;
  /** Folder of the profile, which is kept; default: a new one. */
  readonly profile?: string;
}

export interface FirefoxPage extends InspectedPage {
  openDevTools(handle?: string): Promise<() => Promise<FirefoxDevTools>>;
}

export interface FirefoxDevTools extends DevTools {
  /** Shows one of the browser's own tools: `inspector`, `netmonitor`, … */
  showTool(id: string): Promise<void>;
  screenshot(): Promise<Buffer>;
}

export interface ConsoleMessage {
  /** `CORSMissingAllowOrigin2`, …: Firefox's reason, where the message is about CORS. */
  readonly category: string;
  readonly text: string;
}

export interface Firefox {
  readonly version: string;
  newPage(): Promise<FirefoxPage>;
  /** The tab, once there is one, whose URL ends like this: one that somebody else opened. */
  pageAt(urlEnd: string): Promise<FirefoxPage>;
  /** Withdraws the extension's access to all sites, as its page in about:addons does. */
  withholdAccess(): Promise<void>;
  /** Agrees to what the extension asks for, as a user does in the browser's own prompt. */
  acceptPrompt(): Promise<void>;
  /** What the browser wrote to its console, oldest first. */
  consoleMessages(): Promise<readonly ConsoleMessage[]>;
  clearConsole(): Promise<void>;
  setPreference(name: string, value: string | number | boolean): Promise<void>;
  /** Puts the extension's event page to sleep, as the browser does once it was idle for long enough. */
  sleepEventPage(): Promise<void>;
  /** Resolves once the browser is gone. */
  readonly closed: Promise<void>;
  close(): Promise<void>;
  /** Ends it as a crash does: nothing in it is asked or told. */
  kill(): Promise<void>;
}

/** What the extension's tab in DevTools is called. */
const panelTitle = 'CORS';

/** Pixels for the page and the browser's own bars above DevTools. */
const pageHeight = 300;

/** Longer than any test waits. */
const scriptTimeout = 300_000;

/** A Firefox with a profile of its own and the unpacked extension loaded. */
export async function launchFirefox({ extension, executable, headless = true, size = { width: 1400, height: 700 }, preferences = {}, surroundings, profile: kept }: LaunchOptions): Promise<Firefox> {
  const path = executable ?? (await ensureFirefox());
  const profile = kept ?? await mkdtemp(join(tmpdir(), 'cors-inspector-firefox-'));
  // One that was killed has left where it listened.
  await rm(portFile(profile), { force: true });
  await writeFile(join(profile, 'user.js'), userPreferences({ 'devtools.toolbox.footer.height': size.height, ...(surroundings ? firefoxIn(surroundings) : {}), ...preferences }));
  const child = spawn(path, [...(headless ? ['--headless'] : []), '--no-remote', '--marionette', '--remote-allow-system-access', '--profile', profile], {
    stdio: 'ignore',
    env: { ...process.env, MOZ_HEADLESS_WIDTH: String(size.width), MOZ_HEADLESS_HEIGHT: String(size.height + pageHeight) },
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()).once('error', () => resolve()));
  const stop = async (signal: NodeJS.Signals = 'SIGTERM'): Promise<void> => {
    child.kill(signal);
    await exited;
    if (kept === undefined) await rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  };
  try {
    const marionette = await connectMarionette(await portOf(profile, child));
    const session = await marionette.command('WebDriver:NewSession', { capabilities: {} }) as { capabilities: { browserVersion: string } };
    const driver = await loadDriver(marionette);
    const id = extension === null ? null : (await marionette.command('Addon:Install', { path: extension, temporary: true }) as { value: string }).value;
    for (const path of surroundings?.extensions ?? []) await marionette.command('Addon:Install', { path, temporary: true });
    if (surroundings) await driver('trust', surroundings.authority);
    return {
      version: session.capabilities.browserVersion,
      newPage: async () => openPage(marionette, driver, await driver('openPage') as number),
      pageAt: async (urlEnd) => openPage(marionette, driver, await waitFor(`a tab at ${urlEnd}`, async () => (await driver('findPage', urlEnd) as number | null) ?? undefined)),
      withholdAccess: async () => void (await driver('withholdAccess')),
      acceptPrompt: () => waitFor('the prompt', async () => (await driver('acceptPrompt') as boolean) || undefined).then(() => undefined),
      consoleMessages: () => driver('consoleMessages') as Promise<readonly ConsoleMessage[]>,
      clearConsole: async () => void (await driver('clearConsole')),
      setPreference: async (name, value) => void (await driver('setPreference', name, value)),
      sleepEventPage: async () => void (await driver('sleepEventPage', id)),
      closed: exited,
      async close() {
        await marionette.command('Marionette:Quit', { flags: ['eForceQuit'] }).catch(() => undefined);
        marionette.close();
        await stop();
      },
      async kill() {
        marionette.close();
        await stop('SIGKILL');
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

const userPreferences = (further: Readonly<Record<string, string | number | boolean>>): string => Object.entries({
  // Firefox chooses a port and writes it into its profile.
  'marionette.port': 0,
  // Or a content process may not read the modules of a test.
  'security.sandbox.content.level': 0,
  'browser.startup.page': 0,
  // A prompt takes clicks at once.
  'security.notification_enable_delay': 0,
  // The list of downloads would take the keyboard.
  'browser.download.alwaysOpenPanel': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  // A snapshot lacks the scroll bars: others would leave white stripes.
  'ui.useOverlayScrollbars': 1,
  ...further,
}).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`).join('');

const portFile = (profile: string): string => join(profile, 'MarionetteActivePort');

const portOf = (profile: string, child: ChildProcess): Promise<number> => waitFor('Firefox to listen', async () => {
  if (child.exitCode !== null) throw new Error(`Firefox ended with ${child.exitCode}.`);
  const port = await readFile(portFile(profile), 'utf8').catch(() => '');
  return port === '' ? undefined : Number(port);
}, 60_000);

/** Calls a function of driver.sys.mjs in the browser's own process. */
type Driver = (name: string, ...args: readonly unknown[]) => Promise<unknown>;

async function loadDriver(marionette: Marionette): Promise<Driver> {
  await marionette.command('WebDriver:SetTimeouts', { script: scriptTimeout });
  await marionette.command('Marionette:SetContext', { value: 'chrome' });
  const run = async (script: string, args: readonly unknown[]): Promise<unknown> => {
    const { value } = await marionette.command('WebDriver:ExecuteAsyncScript', {
      // The last argument is the script's way to give its result.
      script: `const resolve = arguments[arguments.length - 1];
        (async () => { ${script} })().then((value) => resolve({ value }), (error) => resolve({ error: error + '\\n' + error.stack }));`,
      args, sandbox: 'system', newSandbox: false,
    }) as { value: { value?: unknown; error?: string } };
    if (value.error !== undefined) throw new Error(value.error);
    return value.value;
  };
  await run(
    `Services.io.getProtocolHandler('resource').QueryInterface(Ci.nsIResProtocolHandler)
      .setSubstitution('cors-inspector-test', Services.io.newURI(arguments[0]));`,
    [pathToFileURL(fileURLToPath(new URL('firefox/', import.meta.url))).href],
  ).catch((error: unknown) => {
    throw new Error('The driver could not be loaded.', { cause: error });
  });
  return (name, ...args) =>
    run(`return ChromeUtils.importESModule('resource://cors-inspector-test/driver.sys.mjs')[${JSON.stringify(name)}](...${JSON.stringify(args)});`, []);
}

const evaluates = (evaluate: (code: string) => Promise<unknown>): Evaluates => ({
  async evaluate<Arguments extends readonly unknown[], Result>(code: string | ((...args: Arguments) => Result), ...args: Arguments): Promise<Awaited<Result>> {
    const text = typeof code === 'string' ? code : `(${code})(...${JSON.stringify(args)})`;
    const { json, error } = await evaluate(text) as { json?: string; error?: string };
    if (json === undefined) throw new Error(error);
    return (JSON.parse(json) as { value: Awaited<Result> }).value;
  },
});

interface Point {
  readonly x: number;
  readonly y: number;
}

/** `positionOf` gives the place of the document's upper left corner in the browser's window. */
function driven(marionette: Marionette, evaluate: (code: string) => Promise<unknown>, positionOf: () => Promise<unknown>): Driven {
  const document = evaluates(evaluate);
  const perform = async (type: 'pointer' | 'key', actions: readonly unknown[]): Promise<void> =>
    void (await marionette.command('WebDriver:PerformActions', { actions: [{ type, id: type, actions }] }));
  return {
    ...document,
    async click(selector, words = '') {
      const inside = await waitFor(`${selector} ${words}`, async () => (await document.evaluate<[], Point | null>(`(${middleOf})((${find})(${JSON.stringify(selector)}, ${JSON.stringify(words)}))`)) ?? undefined);
      const corner = await positionOf() as Point;
      await perform('pointer', [
        { type: 'pointerMove', x: Math.round(corner.x + inside.x), y: Math.round(corner.y + inside.y) },
        { type: 'pointerDown', button: 0 },
        { type: 'pointerUp', button: 0 },
      ]);
    },
    press: (key, modifier) => perform('key', [
      ...(modifier ? [{ type: 'keyDown', value: keys.get(modifier) }] : []),
      { type: 'keyDown', value: keys.get(key) ?? key },
      { type: 'keyUp', value: keys.get(key) ?? key },
      ...(modifier ? [{ type: 'keyUp', value: keys.get(modifier) }] : []),
    ]),
  };
}

/** What WebDriver calls the keys without a character. https://w3c.github.io/webdriver/#keyboard-actions */
const keys: ReadonlyMap<string, string> = new Map<Key | 'Control' | 'Shift', string>([
  ['Backspace', '\uE003'], ['Tab', '\uE004'], ['Enter', '\uE007'], ['Shift', '\uE008'], ['Control', '\uE009'], ['Escape', '\uE00C'],
  ['End', '\uE010'], ['Home', '\uE011'], ['ArrowLeft', '\uE012'], ['ArrowUp', '\uE013'], ['ArrowRight', '\uE014'], ['ArrowDown', '\uE015'],
]);

/** Runs in the document: the middle of the element once it is in sight, in CSS pixels. */
const middleOf = (element: Element | null): Point | null => {
  if (element === null) return null;
  element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  const { x, y, width, height } = element.getBoundingClientRect();
  return { x: x + width / 2, y: y + height / 2 };
};

function openPage(marionette: Marionette, driver: Driver, id: number): FirefoxPage {
  return {
    ...driven(marionette, (code) => driver('evaluateInPage', id, code), () => driver('positionOfPage', id)),
    goto: async (url) => void (await driver('goto', id, url)),
    bringToFront: async () => void (await driver('bringToFront', id)),
    setOffline: async (isOffline) => void (await driver('setOffline', isOffline)),
    close: async () => void (await driver('closePage', id)),
    async openDevTools(handle = 'corsInspector') {
      await driver('openToolbox', id);
      await waitFor('the extension\'s tab in DevTools', async () => (await driver('hasPanel', id, panelTitle)) || undefined);
      return async () => {
        await driver('selectPanel', id, panelTitle);
        const panel = driven(marionette, (code) => driver('evaluateInPanel', id, panelTitle, code), () => driver('positionOfPanel', id, panelTitle));
        await waitFor('the panel and its handle', () => panel.evaluate((name) => name in globalThis, handle).catch(() => undefined));
        return {
          panel,
          focus: async () => void (await driver('focusPanel', id, panelTitle)),
          setTheme: async (theme) => void (await driver('setPreference', 'devtools.theme', theme)),
          dock: async (side, size) => void (await driver('dock', id, side, size)),
          shownTool: () => driver('shownTool', id) as Promise<string>,
          har: () => driver('har', id) as Promise<string>,
          showTool: async (tool) => void (await driver('selectTool', id, tool)),
          screenshot: async () => Buffer.from(await driver('screenshot', id) as string, 'base64'),
          close: async () => void (await driver('closeToolbox', id)),
        };
      };
    },
  };
}
