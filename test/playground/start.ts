import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { ExchangeReport, Report } from '../../src/report.ts';
import { waitFor } from '../browser/chromium.ts';
import type { DevTools, InspectedPage } from '../browser/driven.ts';
import { type InspectedBrowser, type InspectionOptions, inspectInChromium, inspectInFirefox } from '../browser/inspect.ts';
import { chromiumFamily, ensureChromium, ensureFirefox, ensureProgram, findProgram } from '../browser/install.ts';
import { buildExtension } from './extension.ts';
import { startPlayground } from './server.ts';

const usage = 'npm start -- [URL] [--browser chromium|chrome|edge|firefox]';

const outFolder = fileURLToPath(new URL('../../out/', import.meta.url));

interface Options {
  /** The live site to open; null: the playground. */
  readonly url: string | null;
  readonly inspect: (options: InspectionOptions) => Promise<InspectedBrowser>;
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
  return { url, ...(await browserOf(values.browser)) };
}

/** The browser that was asked for; otherwise the first of Chromium, Chrome, Edge and Firefox that is found. */
async function browserOf(name: string | undefined): Promise<Pick<Options, 'inspect' | 'executable'>> {
  if (name === 'firefox' || (name === undefined && !hasChromium() && findProgram('firefox') !== undefined)) {
    return { inspect: inspectInFirefox, executable: await ensureFirefox() };
  }
  if (name === undefined) return { inspect: inspectInChromium, executable: await ensureChromium() };
  const chromium = chromiumFamily.find((candidate) => candidate === name);
  if (chromium === undefined) throw new Error(`There is no browser ${JSON.stringify(name)} here. ${usage}`);
  return { inspect: inspectInChromium, executable: await ensureProgram(chromium) };
}

const hasChromium = (): boolean => process.env['CHROMIUM_PATH'] !== undefined || chromiumFamily.some((name) => findProgram(name) !== undefined);

const hasDisplay = (): boolean =>
  process.platform === 'darwin'
  || process.platform === 'win32'
  || Boolean(process.env['DISPLAY'])
  || Boolean(process.env['WAYLAND_DISPLAY']);

/** What is opened in the browser. */
interface Subject {
  readonly address: string;
  /** Waits until its requests have come to rest. */
  settled(page: InspectedPage): Promise<unknown>;
  /** Whether the panel was told of its last request: it hears of one later than the page does. */
  isWhole(report: Report): boolean;
  close(): Promise<void>;
}

const livePage = (address: string): Subject => ({
  address,
  settled: (page) => page.evaluate(untilIdle).catch(() => undefined),
  // Which request is its last nobody knows. It has rested for a second.
  isWhole: () => true,
  close: () => Promise.resolve(),
});

/** Runs in the page: resolves once it requests nothing more for a second, or after 15, for some pages never come to rest. */
async function untilIdle(): Promise<void> {
  const end = performance.now() + 15_000;
  let last = performance.now();
  const observer = new PerformanceObserver(() => {
    last = performance.now();
  });
  observer.observe({ entryTypes: ['resource'] });
  while (performance.now() < end && (document.readyState !== 'complete' || performance.now() < last + 1_000)) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  observer.disconnect();
}

async function failingEntries(): Promise<Subject> {
  const { appUrl, entries, close } = await startPlayground();
  const last = entries.findLast(({ expect: { outcome } }) => outcome !== 'allowed');
  return {
    address: `${appUrl}?run=failing`,
    async settled(page) {
      await waitFor('the playground', () => page.evaluate<[], boolean>('globalThis.playground !== undefined').catch(() => undefined));
      await page.evaluate('globalThis.playground.started');
    },
    isWhole: ({ exchanges }) => exchanges.some(({ url }) => new URL(url).pathname === `/${last?.id}`),
    close,
  };
}

async function main(): Promise<void> {
  const { url, inspect, executable } = await readOptions(process.argv.slice(2));
  await buildExtension();
  const subject = url === null ? await failingEntries() : livePage(url);
  const headless = !hasDisplay();
  try {
    // DevTools first: what the page requests while it loads is recorded as well.
    const browser = await inspect({ executable, headless });
    try {
      const page = await browser.newPage();
      const devTools = await (await page.openDevTools())();
      if (headless) await leaveResults(subject, page, devTools);
      else await show(subject, page, browser);
    } finally {
      await browser.close();
    }
  } finally {
    await subject.close();
  }
}

/** Opens the subject and leaves the browser to the user, until it is closed. */
async function show({ address }: Subject, page: InspectedPage, { closed }: InspectedBrowser): Promise<void> {
  process.stdout.write(`${address}\nClose the browser to end.\n`);
  await Promise.race([open(page, address), closed]);
  await closed;
}

/** Resolves once the page is there, or after 15 seconds: some never load in full, and one that cannot be reached is shown as such by the browser. */
const open = (page: InspectedPage, address: string): Promise<unknown> =>
  Promise.race([page.goto(address).catch(() => undefined), new Promise((resolve) => setTimeout(resolve, 15_000).unref())]);

/** Prints the table; leaves the report and what a user would see in out/. */
async function leaveResults(subject: Subject, page: InspectedPage, { panel, screenshot }: DevTools): Promise<void> {
  await open(page, subject.address);
  await subject.settled(page);
  const readReport = (): Promise<Report> => panel.evaluate(() => corsInspector.report());
  // A live page may keep a request open for good; its row then says that it is pending.
  const report = await waitFor('the last requests', async () => {
    const current = await readReport();
    return subject.isWhole(current) && current.exchanges.every(({ outcome }) => outcome !== 'pending') ? current : undefined;
  }, 5_000).catch(readReport);

  await mkdir(outFolder, { recursive: true });
  await writeFile(`${outFolder}report.json`, `${JSON.stringify(report, null, 2)}\n`);
  await waitFor('the panel to show them all', () => panel.evaluate((count) => Number(document.querySelector('.chip b')?.textContent?.replace(',', '')) >= count, report.exchanges.length));
  await writeFile(`${outFolder}panel.png`, await screenshot());
  if (report.exchanges.length > 0) {
    await panel.click('[role="option"]');
    await waitFor('the detail', () => panel.evaluate(() => document.querySelector('[role="option"][aria-selected="true"]') !== null));
    await writeFile(`${outFolder}panel-detail.png`, await screenshot());
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

function reasonOf({ outcome, basis, error, failure }: ExchangeReport): string {
  if (error !== null) return `${error.code}${error.parameter === '' ? '' : `: ${error.parameter}`}`;
  if (failure !== null) return failure.netError;
  return outcome === 'unknown' ? basis.because : '';
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
