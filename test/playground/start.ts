import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Browser, Page } from 'puppeteer-core';
import type { ExchangeReport, Report } from '../../src/report.ts';
import { launchChromium, openPanel, waitFor, type DevTools } from '../browser/chromium.ts';
import { chromiumFamily, ensureChromium, ensureProgram } from '../browser/install.ts';
import { buildExtension, extensionFolder } from './extension.ts';
import { startPlayground } from './server.ts';

const usage = 'npm start -- [URL] [--browser chromium|chrome|edge]';

const outFolder = fileURLToPath(new URL('../../out/', import.meta.url));

interface Options {
  /** The live site to open; null: the playground. */
  readonly url: string | null;
  /** Path of the browser's executable. */
  readonly executable: string;
}

async function readOptions(args: readonly string[]): Promise<Options> {
  const { values, positionals } = parseArgs({ args: [...args], options: { browser: { type: 'string' } }, allowPositionals: true });
  const [url = null, ...rest] = positionals;
  if (rest.length > 0) throw new Error(`One URL at most. ${usage}`);
  if (url !== null && !/^https?:$/.test(URL.canParse(url) ? new URL(url).protocol : '')) {
    throw new Error(`${JSON.stringify(url)} is no http or https URL. ${usage}`);
  }
  return { url, executable: await executableOf(values.browser) };
}

async function executableOf(browser: string | undefined): Promise<string> {
  if (browser === undefined) return ensureChromium();
  if (browser === 'firefox') throw new Error('npm start cannot drive Firefox yet. Use --browser chromium, chrome or edge.');
  const name = chromiumFamily.find((candidate) => candidate === browser);
  if (name === undefined) throw new Error(`There is no browser ${JSON.stringify(browser)} here. ${usage}`);
  return ensureProgram(name);
}

const hasDisplay = (): boolean =>
  process.platform === 'darwin'
  || process.platform === 'win32'
  || Boolean(process.env['DISPLAY'])
  || Boolean(process.env['WAYLAND_DISPLAY']);

/** What is opened in the browser. */
interface Subject {
  readonly address: string;
  /** Waits until its requests have come to rest. */
  settled(page: Page): Promise<unknown>;
  close(): Promise<void>;
}

const livePage = (address: string): Subject => ({
  address,
  // Some pages never come to rest.
  settled: (page) => page.waitForNetworkIdle({ idleTime: 1_000, timeout: 15_000 }).catch(() => undefined),
  close: () => Promise.resolve(),
});

async function failingEntries(): Promise<Subject> {
  const { appUrl, close } = await startPlayground();
  return {
    address: `${appUrl}?run=failing`,
    async settled(page) {
      await page.waitForFunction('globalThis.playground !== undefined');
      await page.evaluate('globalThis.playground.started');
    },
    close,
  };
}

async function main(): Promise<void> {
  const { url, executable } = await readOptions(process.argv.slice(2));
  await buildExtension();
  const subject = url === null ? await failingEntries() : livePage(url);
  const headless = !hasDisplay();
  const browser = await launchChromium({ extension: extensionFolder, executable, headless });
  try {
    const page = (await browser.pages())[0] ?? (await browser.newPage());
    // DevTools first: what the page requests while it loads is recorded as well.
    const devTools = await openPanel(page);
    await (headless ? leaveResults(subject, page, devTools) : show(subject, page, browser));
  } finally {
    await browser.close();
    await subject.close();
  }
}

/** Opens the subject and leaves the browser to the user, until it is closed. */
async function show({ address }: Subject, page: Page, browser: Browser): Promise<void> {
  const closed = new Promise((resolve) => browser.once('disconnected', resolve));
  process.stdout.write(`${address}\nClose the browser to end.\n`);
  // A page that cannot be reached is shown as such by the browser itself.
  await page.goto(address).catch(() => undefined);
  await closed;
}

/** Gives DevTools the whole window: docked, it leaves half of a screenshot to the page, which a screenshot of it lacks. */
const undock = (frontEnd: Page): Promise<unknown> =>
  frontEnd.evaluate(`import(location.origin + '/bundled/ui/legacy/legacy.js')
    .then(({ DockController }) => DockController.DockController.instance().setDockSide('undocked'))`);

/** Prints the table; leaves the report and what a user would see in out/. */
async function leaveResults(subject: Subject, page: Page, { frontEnd, panel }: DevTools): Promise<void> {
  await undock(frontEnd);
  await page.goto(subject.address, { waitUntil: 'domcontentloaded' });
  await subject.settled(page);
  const readReport = (): Promise<Report> => panel.evaluate(() => corsInspector.report());
  // A live page may keep a request open for good; its row then says that it is pending.
  const report = await waitFor('the last requests', async () => {
    const current = await readReport();
    return current.exchanges.some(({ outcome }) => outcome === 'pending') ? undefined : current;
  }, 5_000).catch(readReport);

  await mkdir(outFolder, { recursive: true });
  await writeFile(`${outFolder}report.json`, `${JSON.stringify(report, null, 2)}\n`);
  await frontEnd.screenshot({ path: `${outFolder}panel.png` });
  if (report.exchanges.length > 0) {
    await panel.click('[role="option"]');
    await panel.waitForSelector('[role="option"][aria-selected="true"]');
    await frontEnd.screenshot({ path: `${outFolder}panel-detail.png` });
  }

  const shown = report.exchanges.filter(({ outcome }) => outcome !== 'allowed');
  process.stdout.write(`${table(shown)}\n\n${shown.length} of ${report.exchanges.length} cross-origin requests did not succeed.\n`);
  process.stdout.write(`Screenshots and report.json are in ${outFolder}\n`);
}

/** One line for each exchange, and below it what to do. */
function table(exchanges: readonly ExchangeReport[]): string {
  const rows = exchanges.map((exchange) => [exchange.outcome, exchange.method, shortUrl(exchange.url), reasonOf(exchange)].map(printable));
  const widths = [0, 1, 2].map((column) => rows.reduce((widest, row) => Math.max(widest, row[column]?.length ?? 0), 0));
  return rows
    .flatMap((row, index) => [
      row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd(),
      ...(exchanges[index]?.causes.slice(0, 1).map(({ summary }) => `  ${printable(summary)}`) ?? []),
    ])
    .join('\n');
}

function reasonOf({ error, failure }: ExchangeReport): string {
  if (error !== null) return `${error.code}${error.parameter === '' ? '' : `: ${error.parameter}`}`;
  return failure === null ? '' : failure.netError;
}

const shortUrl = (url: string): string => {
  const short = url.split(/[?#]/, 1)[0] ?? url;
  return short.length > 80 ? `${short.slice(0, 79)}…` : short;
};

/** Pages write what they like into URLs and headers; a terminal would obey control characters. */
const printable = (text: string): string => text.replace(/\p{C}/gu, '\u{FFFD}');

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
