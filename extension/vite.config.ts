import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import webExtension from 'vite-plugin-web-extension';
import manifest from '../manifest.json' with { type: 'json' };

/** The two builds: the folder under dist/, and the manifest prefix (`{{chrome}}.` or `{{firefox}}.`) that it keeps. */
export const targets = { chromium: 'chrome', firefox: 'firefox' } as const;

const { gecko } = manifest['{{firefox}}.browser_specific_settings'];

/** The manifest's oldest browsers, as Vite names them; README.md says why not older ones. */
export const oldestBrowsers = [`chrome${manifest['{{chrome}}.minimum_chrome_version']}`, `firefox${gecko.strict_min_version}`];

// The plugin's child builds read this file again, so the target travels in the environment and not as an argument.
const target = process.env['CORS_INSPECTOR_TARGET'] === 'firefox' ? 'firefox' : 'chromium';
const project = fileURLToPath(new URL('..', import.meta.url));

export default defineConfig({
  root: project,
  publicDir: 'extension/assets',
  logLevel: 'warn',
  // Comments in the output name each module's path: the one in the project, wherever a link may lead.
  resolve: { preserveSymlinks: true },
  build: {
    outDir: `dist/${target}`,
    emptyOutDir: true,
    // light-dark() must stay as it is written: older targets turn it into a media query, which ignores DevTools' theme.
    target: oldestBrowsers,
    // Unminified, the panel's code would be half as large again.
    minify: true,
    // The polyfill would add a fetch() that nothing calls.
    modulePreload: false,
    // Loading a module of the core does nothing, so a page need not hold what it does not use.
    rolldownOptions: { treeshake: { moduleSideEffects: (id) => !id.startsWith(`${project}src/`) } },
  },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [
    webExtension({
      manifest: 'manifest.json',
      browser: targets[target],
      additionalInputs: ['extension/panel/panel.html', ...(target === 'firefox' ? ['extension/access/access.html'] : [])],
      // What reviewers are warned of is the library's, so the library has a file of its own.
      htmlViteConfig: { build: { rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'preact', test: '/node_modules/preact/' }] } } } } },
      // Validation would download a schema, and the launcher would start a browser: a build does neither.
      skipManifestValidation: true,
      disableAutoLaunch: true,
      printSummary: false,
    }),
  ],
});
