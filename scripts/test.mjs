import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { bootstrap, main } from './bootstrap.mjs';
import { build } from './build.mjs';
import { ensureChromium } from './chromium.mjs';
import { ensureKeyring } from './keyring.mjs';
import { ensureOffice } from './office.mjs';
import { runNode, runTool } from './pinned-node.mjs';
import { inRoot, root } from './root.mjs';

/** Biome colours its output for a file as well. */
const plain = process.stdout.isTTY ? [] : ['--colors=off'];
const reports = inRoot('.cache', 'test-reports');

/** In the order they run; `npm test -- NAME…` runs some. Each answers with `{ passed, failed }` counts. */
const parts = {
  types: () =>
    each(tsconfigs(), (file) =>
      check(`tsc -p ${file}`, () => runTool('typescript', ['-p', file], { command: 'tsc' })),
    ),
  lint: () =>
    check('biome ci', () => runTool('@biomejs/biome', ['ci', '--error-on-warnings', ...plain, '.'])),
  unit,
  desktop: () =>
    check(
      "the desktop's safety rules",
      builtThen(() => runNode([inRoot('src-main', 'testing', 'desktop-rules', 'check.ts')])),
    ),
  e2e,
};

await main(async (args) => {
  const unknown = args.filter((name) => !(name in parts));
  if (unknown.length > 0)
    throw new Error(`no such part: ${unknown.join(', ')}. There are ${Object.keys(parts).join(', ')}.`);
  await bootstrap();
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });
  const wanted = Object.keys(parts).filter((name) => args.length === 0 || args.includes(name));
  const total = await each(wanted, (name) => section(name, parts[name]));
  process.stdout.write(`\n${total.passed} passed, ${total.failed} failed\n`);
  return total.failed === 0 ? 0 : 1;
});

async function section(name, work) {
  const started = performance.now();
  process.stdout.write(`\n=== ${name} ===\n`);
  const counts = await work();
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  process.stdout.write(`--- ${name}: ${counts.failed === 0 ? 'green' : 'RED'} in ${seconds} s\n`);
  return counts;
}

async function unit() {
  await ensureKeyring();
  await ensureOffice();
  const report = join(reports, 'unit.json');
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const code = await runTool('vitest', args);
  const { numPassedTests = 0, numFailedTests = 0, numFailedTestSuites = 0 } = read(report);
  return counted(code, { passed: numPassedTests, failed: numFailedTests || numFailedTestSuites });
}

async function e2e() {
  const report = join(reports, 'e2e.json');
  const ready = await check(
    'build',
    builtThen(async () => 0),
  );
  if (ready.failed > 0) return ready;
  await ensureChromium();
  const env = { PLAYWRIGHT_JSON_OUTPUT_FILE: report };
  const code = await runTool('playwright', ['test', '--reporter=list,json'], { env });
  const { stats = { expected: 0, unexpected: 0, flaky: 0 } } = read(report);
  return counted(code, { passed: stats.expected + stats.flaky, failed: stats.unexpected });
}

/** A check that counts no tests of its own: silent in the sum when green, one failure when red. */
async function check(what, work) {
  const code = await work();
  if (code !== 0) process.stdout.write(`${what} failed\n`);
  return { passed: 0, failed: code === 0 ? 0 : 1 };
}

function builtThen(work) {
  return async () => {
    try {
      await build();
    } catch (error) {
      process.stderr.write(`${error.message}\n`);
      return 1;
    }
    return work();
  };
}

/** What a runner reported, never greener than its exit code. */
function counted(code, { passed, failed }) {
  return { passed, failed: code !== 0 && failed === 0 ? 1 : failed };
}

async function each(items, work) {
  const total = { passed: 0, failed: 0 };
  for (const item of items) {
    const { passed, failed } = await work(item);
    total.passed += passed;
    total.failed += failed;
  }
  return total;
}

function read(report) {
  try {
    return JSON.parse(readFileSync(report, 'utf8'));
  } catch {
    return {};
  }
}

function tsconfigs() {
  return readdirSync(root).filter((file) => /^tsconfig\.(?!base\.).*json$/.test(file));
}
