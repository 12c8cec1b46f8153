import { chromium } from '@playwright/test';
import { findChromium } from '../scripts/chromium.mjs';
import { dataset } from './generate/dataset.ts';
import { generateLedger } from './generate/ledger.ts';
import { medianOf, printTable, seconds } from './measure/table.ts';
import { startWebHost } from './measure/web-host.ts';

/** `npm run bench -- start [records] [runs]`: from starting the web host to the first figures on the screen. */
const [records = 1_000_000, runs = 5] = process.argv.slice(2).map(Number);

/** In the page: an amount of money is in the text, and a frame with it has been painted. */
const showsMoney = "/[$]\\s?\\d/.test(document.body?.innerText ?? '')";
const nextPaint = 'new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)))';

const { dir } = dataset(`ledger-${records}`, (dataDir) =>
  generateLedger({ dataDir, records, seed: 'ledger' }),
);
const executablePath = findChromium();
const browser = await chromium.launch(executablePath === null ? {} : { executablePath });
const results: { readonly linkMs: number; readonly paintedMs: number }[] = [];
for (let run = 0; run < runs; run++) {
  const page = await browser.newPage();
  const begin = performance.now();
  const host = await startWebHost(dir);
  const linkMs = performance.now() - begin;
  await page.goto(host.url, { waitUntil: 'commit' });
  await page.waitForFunction(showsMoney, undefined, { polling: 'raf', timeout: 60_000 });
  await page.evaluate(nextPaint);
  results.push({ linkMs, paintedMs: performance.now() - begin });
  await page.close();
  await host.stop();
}
await browser.close();
printTable(`Web host, ${records.toLocaleString('en')} records`, [
  { what: 'start to the link', found: seconds(medianOf(results, (run) => run.linkMs)), target: '' },
  {
    what: 'start to first painted numbers',
    found: seconds(medianOf(results, (run) => run.paintedMs)),
    target: '1 s',
  },
]);
