import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { firefoxExtensionFolder } from '../playground/extension.ts';
import { type Playground, startPlayground } from '../playground/server.ts';
import { waitFor } from './chromium.ts';
import { type Firefox, type FirefoxDevTools, type FirefoxPage, launchFirefox } from './firefox.ts';

describe('a real Firefox', () => {
  let firefox: Firefox;
  let playground: Playground;
  let page: FirefoxPage;
  let devTools: FirefoxDevTools;

  beforeAll(async () => {
    playground = await startPlayground();
    firefox = await launchFirefox({ extension: firefoxExtensionFolder });
    page = await firefox.newPage();
    await page.goto(playground.appUrl);
    devTools = await (await page.openDevTools())();
  });
  afterAll(async () => {
    await firefox?.close();
    await playground?.close();
  });

  it('evaluates in the page, with arguments and promises', async () => {
    expect(await page.evaluate(async (a: number, b: string) => [a, b, await Promise.resolve(location.href)], 1, '"\u2028')).toEqual([1, '"\u2028', playground.appUrl]);
    await expect(page.evaluate(() => Promise.reject(new Error('said the page')))).rejects.toThrow('said the page');
  });

  it('evaluates in the panel, whose page allows no eval', async () => {
    const report = await devTools.panel.evaluate(() => corsInspector.report());
    expect(report).toMatchObject({ format: 'cors-inspector', browser: { name: 'firefox', version: expect.stringMatching(/^\d+\./) }, page: playground.appUrl });
  });

  it('tells its own reason', async () => {
    await firefox.clearConsole();
    await page.evaluate('playground.run("other-port")');
    const reasons = await waitFor('a message', async () => {
      const messages = (await firefox.consoleMessages()).filter(({ category }) => category.startsWith('CORS'));
      return messages.length > 0 ? messages : undefined;
    });
    expect(reasons).toEqual([{ category: 'CORSAllowOriginNotMatchingOrigin', text: expect.stringContaining('/other-port') }]);
  });

  it('draws its DevTools', async () => {
    const png = await devTools.screenshot();
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect(png.length).toBeGreaterThan(10_000);
  });
});
