import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { waitFor } from './chromium.ts';
import { ensureFirefox } from './install.ts';
import { type Marionette, connectMarionette } from './marionette.ts';

export interface LaunchOptions {
  /** Folder of the unpacked extension; null for a browser without one. */
  readonly extension: string | null;
  /** Default: FIREFOX_PATH, or the Firefox that is found; it is installed where there is none. */
  readonly executable?: string;
  readonly headless?: boolean;
  readonly preferences?: Readonly<Record<string, string | number | boolean>>;
}

/** A document in which functions are evaluated; arguments and results travel as JSON. */
export interface Evaluates {
  evaluate<Arguments extends readonly unknown[], Result>(code: string | ((...args: Arguments) => Result), ...args: Arguments): Promise<Awaited<Result>>;
}

export interface FirefoxPage extends Evaluates {
  goto(url: string): Promise<void>;
  bringToFront(): Promise<void>;
  /** Clicks the element that the selector finds, as a user does: what asks for a user's gesture gets one. */
  click(selector: string): Promise<void>;
  close(): Promise<void>;
  /** Opens DevTools and waits until the extension has its tab there; what it gives back shows the panel. */
  openDevTools(handle?: string): Promise<() => Promise<FirefoxDevTools>>;
}

export interface FirefoxDevTools {
  /** The panel's own page. */
  readonly panel: Evaluates;
  /** Shows one of the browser's own tools: `inspector`, `netmonitor`, … */
  showTool(id: string): Promise<void>;
  /** DevTools as a user sees them: a PNG. */
  screenshot(): Promise<Buffer>;
  close(): Promise<void>;
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
  /** Resolves once the browser is gone. */
  readonly closed: Promise<void>;
  close(): Promise<void>;
}

/** What the extension's tab in DevTools is called. */
const panelTitle = 'CORS';

/** Longer than any test waits. */
const scriptTimeout = 300_000;

/** A Firefox with a profile of its own and the unpacked extension loaded. */
export async function launchFirefox({ extension, executable, headless = true, preferences = {} }: LaunchOptions): Promise<Firefox> {
  const path = executable ?? (await ensureFirefox());
  const profile = await mkdtemp(join(tmpdir(), 'cors-inspector-firefox-'));
  await writeFile(join(profile, 'user.js'), userPreferences(preferences));
  const child = spawn(path, [...(headless ? ['--headless'] : []), '--no-remote', '--marionette', '--remote-allow-system-access', '--profile', profile], {
    stdio: 'ignore',
    env: { ...process.env, MOZ_HEADLESS_WIDTH: '1400', MOZ_HEADLESS_HEIGHT: '1000' },
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()).once('error', () => resolve()));
  const stop = async (): Promise<void> => {
    child.kill();
    await exited;
    await rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  };
  try {
    const marionette = await connectMarionette(await portOf(profile, child));
    const session = await marionette.command('WebDriver:NewSession', { capabilities: {} }) as { capabilities: { browserVersion: string } };
    const driver = await loadDriver(marionette);
    if (extension !== null) await marionette.command('Addon:Install', { path: extension, temporary: true });
    return {
      version: session.capabilities.browserVersion,
      newPage: async () => openPage(driver, await driver('openPage') as number),
      pageAt: async (urlEnd) => openPage(driver, await waitFor(`a tab at ${urlEnd}`, async () => (await driver('findPage', urlEnd) as number | null) ?? undefined)),
      withholdAccess: async () => void (await driver('withholdAccess')),
      acceptPrompt: () => waitFor('the prompt', async () => (await driver('acceptPrompt') as boolean) || undefined).then(() => undefined),
      consoleMessages: () => driver('consoleMessages') as Promise<readonly ConsoleMessage[]>,
      clearConsole: async () => void (await driver('clearConsole')),
      closed: exited,
      async close() {
        await marionette.command('Marionette:Quit', { flags: ['eForceQuit'] }).catch(() => undefined);
        marionette.close();
        await stop();
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
  'datareporting.policy.dataSubmissionEnabled': false,
  'devtools.toolbox.footer.height': 700,
  ...further,
}).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`).join('');

const portOf = (profile: string, child: ChildProcess): Promise<number> => waitFor('Firefox to listen', async () => {
  if (child.exitCode !== null) throw new Error(`Firefox ended with ${child.exitCode}.`);
  const port = await readFile(join(profile, 'MarionetteActivePort'), 'utf8').catch(() => '');
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

function openPage(driver: Driver, id: number): FirefoxPage {
  return {
    ...evaluates((code) => driver('evaluateInPage', id, code)),
    goto: async (url) => void (await driver('goto', id, url)),
    bringToFront: async () => void (await driver('bringToFront', id)),
    click: async (selector) => void (await driver('click', id, selector)),
    close: async () => void (await driver('closePage', id)),
    async openDevTools(handle = 'corsInspector') {
      await driver('openToolbox', id);
      await waitFor('the extension\'s tab in DevTools', async () => (await driver('hasPanel', id, panelTitle)) || undefined);
      return async () => {
        await driver('selectPanel', id, panelTitle);
        const panel = evaluates((code) => driver('evaluateInPanel', id, panelTitle, code));
        await waitFor('the panel and its handle', () => panel.evaluate((name) => name in globalThis, handle).catch(() => undefined));
        return {
          panel,
          showTool: async (tool) => void (await driver('selectTool', id, tool)),
          screenshot: async () => Buffer.from(await driver('screenshot', id) as string, 'base64'),
          close: async () => void (await driver('closeToolbox', id)),
        };
      };
    },
  };
}
