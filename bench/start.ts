import { chromium } from '@playwright/test';
import { findChromium } from '../scripts/chromium.mjs';
import { dataset } from './generate/dataset.ts';
import { generateLedger } from './generate/ledger.ts';
import { medianOf, printTable, seconds } from './measure/table.ts';
import { startWebHost } from './measure/web-host.ts';

/** `npm run bench -- start [records] [runs]`: from starting the web host to the first figures on the screen. */
const [records = 1_000_000, runs = 5] = process.argv.slice(2).map(Number);

/** What the two functions that run in the page use of it; bench is compiled without the DOM's types. */
interface Page {
  readonly document: { readonly body: { readonly innerText: string } | null };
  requestAnimationFrame(painted: () => void): void;
}

const { dir } = dataset(`ledger-${records}`, (dataDir) =>
  generateLedger({ dataDir, records, seed: 'ledger' }),
);
const executablePath = findChromium();
const browser = await chromium.launch(executablePath === null ? {} : { executablePath });
const results = [];
try {
  for (let run = 0; run < runs; run++) results.push(await startOnce());
} finally {
  await browser.close();
}
printTable(`Web host, ${records.toLocaleString('en')} records`, [
  { what: 'start to the link', found: seconds(medianOf(results, (run) => run.linkMs)), target: '' },
  {
    what: 'start to first painted numbers',
    found: seconds(medianOf(results, (run) => run.paintedMs)),
    target: '1 s',
  },
]);

async function startOnce(): Promise<{ readonly linkMs: number; readonly paintedMs: number }> {
  const page = await browser.newPage();
  const begin = performance.now();
  const host = await startWebHost(dir);
  const linkMs = performance.now() - begin;
  try {
    await page.goto(host.url, { waitUntil: 'commit' });
    await page.waitForFunction(showsMoney, undefined, { polling: 'raf', timeout: 60_000 });
    await page.evaluate(nextPaint);
    return { linkMs, paintedMs: performance.now() - begin };
  } finally {
    await page.close();
    await host.stop();
  }
}

/** Runs in the page: an amount of money is in its text. */
function showsMoney(): boolean {
  return /[$]\s?\d/.test((globalThis as unknown as Page).document.body?.innerText ?? '');
}

/** Runs in the page: a frame with it has been painted. */
function nextPaint(): Promise<void> {
  const page = globalThis as unknown as Page;
  return new Promise((painted) =>
    page.requestAnimationFrame(() => page.requestAnimationFrame(() => painted())),
  );
}
