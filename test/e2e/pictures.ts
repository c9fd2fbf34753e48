import { writeFile } from 'node:fs/promises';
import { waitFor } from '../browser/chromium.ts';
import { inspectInChromium, inspectInFirefox } from '../browser/inspect.ts';
import { startPlayground } from '../playground/server.ts';

/** The README's pictures: the real panel in the real DevTools of both browsers, in both themes. */
const entries = ['several-headers-not-allowed', 'wildcard-with-credentials', 'server-error-without-headers', 'preflight-401', 'two-allow-origin-lines', 'explicit-origin', 'connection-refused'];

const browsers = [
  { name: 'chromium', inspect: inspectInChromium },
  { name: 'firefox', inspect: inspectInFirefox },
] as const;

const playground = await startPlayground();
try {
  for (const { name, inspect } of browsers) {
    const browser = await inspect({ size: { width: 1120, height: 620 } });
    try {
      const page = await browser.newPage();
      await page.goto(playground.appUrl);
      const { panel, setTheme, screenshot } = await (await page.openDevTools())();
      await page.evaluate(`(async () => { for (const id of ${JSON.stringify(entries)}) await globalThis.playground.run(id); })()`);
      await waitFor('every row', () => panel.evaluate((count) => document.querySelectorAll('[role=option]').length === count && !document.querySelector('.reason:is(.pending, .unknown)'), entries.length));
      await panel.click('[role=option]');
      for (const theme of ['light', 'dark'] as const) {
        await setTheme(theme);
        await waitFor(`the ${theme} theme`, () => panel.evaluate((wanted) => document.documentElement.dataset['theme'] === wanted, theme));
        // Two frames later the new colours are on the screen.
        await panel.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
        await writeFile(new URL(`${name}-${theme}.png`, import.meta.url), await screenshot());
      }
    } finally {
      await browser.close();
    }
  }
} finally {
  await playground.close();
}
