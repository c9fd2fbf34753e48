import { isRedirectStatus } from '../../src/fetch/status.ts';
import { corsErrors } from '../../src/index.ts';
import type { Report } from '../../src/report.ts';
import { waitFor } from '../browser/chromium.ts';
import type { Evaluates } from '../browser/driven.ts';
import { type Firefox, type FirefoxPage, launchFirefox } from '../browser/firefox.ts';
import type { HeaderLine } from '../playground/raw-server.ts';
import type { BrowserVerdict, OracleBrowser, OraclePage } from './arena.ts';
import { type CaseResponse, type OracleCase, withOtherCredentials } from './cases.ts';
import { switchAskingOn } from './asking.ts';
import { type Stage, blockedPath, caseIdOf, concurrency, playInPage } from './stage.ts';

/** Firefox, which writes the reason of each verdict to its console. */
export async function openOracleFirefox(extension: string, stage: Stage, askThePage = false): Promise<OracleBrowser> {
  const firefox = await launchFirefox({ extension });
  const pages = {
    tuple: await openPage(firefox, stage, '/', askThePage),
    opaque: await openPage(firefox, stage, '/sandboxed', askThePage),
  };
  return {
    name: 'firefox',
    version: `Firefox ${firefox.version}`,
    reasonOf: (code) => named(corsErrors[code].firefox),
    lookAlikes: (one) => [one, withOtherCredentials(one)].flatMap((either) => [either, ...withOtherRedirects(either), ...withOtherLines(either)]).slice(1),
    pages,
    close: () => firefox.close(),
  };
}

/** What Firefox says of every failed request, whether CORS is the reason or not, is no name. */
const named = (reason: string): string => (reason === 'CORSDidNotSucceed' ? '' : reason);

/** A redirect that was not followed was withheld, refused or handed to the script; a preflight's has a name only if it would be followed. */
const withOtherRedirects = (one: OracleCase): readonly OracleCase[] => (['follow', 'error', 'manual'] as const)
  .filter((redirect) => redirect !== one.redirect && one.hops.some(({ preflight, actual }) => isRedirectStatus(preflight.status) || isRedirectStatus(actual.status)))
  .map((redirect) => ({ ...one, redirect }));

/** Firefox tells extensions the lines of one name as one, joined by a comma and a space. */
function withOtherLines(one: OracleCase): readonly OracleCase[] {
  const variants = [joined, split].map((change) => ({ ...one, hops: one.hops.map(({ preflight, actual }) => ({ preflight: change(preflight), actual: change(actual) })) }));
  return variants.filter((variant) => JSON.stringify(variant) !== JSON.stringify(one));
}

const allowOrigin = 'Access-Control-Allow-Origin';
const isAllowOrigin = ([name]: HeaderLine): boolean => name.toLowerCase() === allowOrigin.toLowerCase();

/** Whether any response may have had one line of it as well as several: no page can tell. */
export const hasUntoldLines = ({ hops }: OracleCase): boolean => hops.flatMap(({ preflight, actual }) => [preflight, actual])
  .some(({ headers }) => headers.filter(isAllowOrigin).length > 1 || headers.some((line) => isAllowOrigin(line) && line[1].includes(', ')));

const joined = (response: CaseResponse): CaseResponse => withAllowOrigin(response, (name, values) => [[name, values.join(', ')]]);

/** Firefox counts lines by this name alone, and the name of the joined line is that of the first. */
const split = (response: CaseResponse): CaseResponse => withAllowOrigin(response, (name, values) =>
  values.flatMap((value) => value.split(', ')).map((value, index) => [index === 0 ? name : allowOrigin, value]));

function withAllowOrigin(response: CaseResponse, linesOf: (name: string, values: readonly string[]) => readonly HeaderLine[]): CaseResponse {
  const lines = response.headers.filter(isAllowOrigin);
  const [first] = lines;
  if (!first) return response;
  return { ...response, headers: [...linesOf(first[0], lines.map(([, value]) => value.trim())), ...response.headers.filter((header) => !isAllowOrigin(header))] };
}

async function openPage(firefox: Firefox, stage: Stage, path: string, askThePage: boolean): Promise<OraclePage> {
  const page = await firefox.newPage();
  for (const host of ['127.0.0.1', 'localhost']) {
    await page.goto(`http://${host}:${stage.ports.app}/`);
    await page.evaluate('void (document.cookie = "session=1; path=/cookie; samesite=lax")');
  }
  await page.goto(`http://localhost:${stage.ports.app}${path}`);
  const { panel } = await (await page.openDevTools())();
  if (askThePage) await switchAskingOn(panel);
  let rounds = 0;

  return {
    async play(cases) {
      await page.bringToFront();
      await panel.evaluate(() => corsInspector.clear());
      await page.evaluate(() => {
        performance.clearResourceTimings();
        performance.setResourceTimingBufferSize(10_000);
      });
      await firefox.clearConsole();
      const saw = await page.evaluate(playInPage, [...cases].map(([id, one]) => stage.pageRequest(id, one)), concurrency);
      rounds += 1;
      const report = await settled(firefox, page, panel, `http://localhost:${stage.ports.api}${blockedPath}${rounds}`);
      const reasons = new Map<number, string>();
      for (const { category, text } of await firefox.consoleMessages()) {
        const id = caseIdOf(text);
        // A refused preflight is followed by a second message, about the actual request: the first is the reason.
        if (category.startsWith('CORS') && !category.endsWith('Deprecation') && id >= 0 && !reasons.has(id)) reasons.set(id, category.replace(/\d$/, ''));
      }
      const reached = stage.reached();
      const verdicts = new Map<number, BrowserVerdict>();
      [...cases.keys()].forEach((id, index) => {
        const reason = reasons.get(id) ?? '';
        if (saw[index] === 'readable') verdicts.set(id, { outcome: 'allowed' });
        else if (named(reason) !== '') verdicts.set(id, { outcome: 'blocked', reason, parameter: null });
        else if (reached.has(id)) verdicts.set(id, { outcome: 'failed', netError: reason });
      });
      return { verdicts, report };
    },
  };
}

/**
 * The report once all is told. A last request marks the end: what Firefox says of it in its console, and the panel
 * observes of it, comes after the same of all others.
 */
async function settled(firefox: Firefox, page: FirefoxPage, panel: Evaluates, last: string): Promise<Report> {
  await page.evaluate((url) => fetch(url).then(() => undefined, () => undefined), last);
  await waitFor('the last message in the console', async () => (await firefox.consoleMessages()).some(({ text }) => text.includes(last)));
  let before = '';
  return waitFor(() => `the report to settle: ${before}`, async () => {
    const report = await panel.evaluate(() => corsInspector.report());
    const { exchanges } = report;
    const isStable = JSON.stringify(exchanges) === before;
    before = JSON.stringify(exchanges);
    const hasLast = exchanges.some(({ url, basis }) => url === last && basis.value === 'observed');
    return isStable && hasLast && exchanges.every(({ outcome }) => outcome !== 'pending') ? report : undefined;
  });
}
