import { fileURLToPath } from 'node:url';
import { launchChromium, openPanel, waitFor } from '../browser/chromium.ts';
import { ensureChromium } from '../browser/install.ts';
import { extensionFolder } from '../playground/extension.ts';
import { startPlayground } from '../playground/server.ts';

/** The README's pictures: the real panel in real DevTools, in both themes. */
const entries = ['several-headers-not-allowed', 'wildcard-with-credentials', 'server-error-without-headers', 'preflight-401', 'two-allow-origin-lines', 'explicit-origin', 'connection-refused'];

await ensureChromium();
const playground = await startPlayground();
const browser = await launchChromium({ extension: extensionFolder });
try {
  const page = await browser.newPage();
  await page.goto(playground.appUrl);
  const { frontEnd, panel } = await openPanel(page);
  const inFrontEnd = (code: string): Promise<unknown> => frontEnd.evaluate(`Promise.all([
    import(location.origin + '/bundled/core/common/common.js'), import(location.origin + '/bundled/ui/legacy/legacy.js'),
  ]).then(([{ Settings }, { DockController }]) => { ${code} })`);
  await inFrontEnd(`DockController.DockController.instance().setDockSide('undocked')`);
  await page.evaluate(`(async () => { for (const id of ${JSON.stringify(entries)}) await globalThis.playground.run(id); })()`);
  await waitFor('the entries', () => panel.evaluate((count) => corsInspector.report().exchanges.filter(({ outcome }) => outcome !== 'pending').length >= count, entries.length));
  await waitFor('every row', async () => (await panel.$$('[role=option]')).length === entries.length || undefined);
  await panel.click('[role=option]');
  for (const theme of ['light', 'dark']) {
    await inFrontEnd(`Settings.Settings.instance().moduleSetting('ui-theme').set('${theme === 'dark' ? 'dark' : 'default'}')`);
    await waitFor(`the ${theme} theme`, () => panel.evaluate((wanted) => document.documentElement.dataset['theme'] === wanted, theme));
    // Two frames later the new colours are on the screen.
    await panel.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    await frontEnd.screenshot({ path: fileURLToPath(new URL(`${theme}.png`, import.meta.url)) });
  }
} finally {
  await browser.close();
  await playground.close();
}
