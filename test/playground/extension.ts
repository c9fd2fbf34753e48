import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Where the build puts the unpacked extension for Chromium. */
export const extensionFolder: string = fileURLToPath(new URL('../../dist/chromium', import.meta.url));

/** And for Firefox. */
export const firefoxExtensionFolder: string = fileURLToPath(new URL('../../dist/firefox', import.meta.url));

/** Runs `npm run build`. Its output goes to standard error; it is silent unless it fails or somebody watches. */
export async function buildExtension(): Promise<void> {
  const build = spawn('npm', ['run', '--silent', 'build'], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    stdio: ['ignore', process.stderr, process.stderr],
    // npm is a script with an extension of its own on Windows, which only a shell finds.
    shell: process.platform === 'win32',
  });
  const code = await new Promise<number | null>((resolve, reject) => build.once('error', reject).once('close', resolve));
  if (code !== 0) throw new Error(`npm run build ended with ${code}; its messages stand above.`);
}
