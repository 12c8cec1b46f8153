import { aptInstall, onPath } from './apt.mjs';
import { runTool } from './pinned-node.mjs';

/** A Chromium to test with: `LLMLAB_CHROMIUM`, one on PATH, or null: then Playwright's own, where it has one. */
export function findChromium() {
  return (
    process.env.LLMLAB_CHROMIUM ||
    onPath('chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable')
  );
}

/** Installs a Chromium when there is none: Debian's package as root, else the one Playwright downloads. */
export async function ensureChromium() {
  if (findChromium()) return;
  if ((await aptInstall('chromium', ['chromium', 'fonts-liberation'])) && findChromium() !== null) return;
  // Quick when it is there already.
  if ((await runTool('playwright', ['install', 'chromium'])) !== 0)
    throw new Error('no Chromium to test with: install one, or name it in LLMLAB_CHROMIUM');
}
