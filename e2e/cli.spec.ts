import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test as base, expect } from '@playwright/test';
import { type Box, createBox, repository } from './box.ts';

/** The built commands on an empty machine, without a window. */
const test = base.extend<{ box: Box }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the first parameter
  box: async ({}, use) => {
    const box = createBox();
    await use(box);
    box.remove();
  },
});

const sample = (name: string) => join(repository, 'src-main', 'testing', 'fixtures', 'samples', name);

test('imports, reports, repeats and undoes a bill to the nano-dollar', async ({ box }) => {
  const imported = await box.cli('import', sample('openai_cost.csv'), '--json');
  expect(imported.code).toBe(0);
  const [file] = JSON.parse(imported.stdout).files;
  expect(file).toMatchObject({ format: 'openai-cost', accepted: 4, duplicate: 0, refused: 0, problems: [] });
  const report = async () => JSON.parse((await box.cli('report', '--by', 'day,model', '--json')).stdout);
  const before = await report();
  expect(before.totals).toMatchObject({ cashNanoUsd: 38_120_000, equivalentNanoUsd: 0, unpricedRequests: 0 });
  const again = JSON.parse((await box.cli('import', sample('openai_cost.csv'), '--json')).stdout);
  expect(again.files[0]).toMatchObject({ accepted: 0, duplicate: 4 });
  expect(await report()).toMatchObject({ rows: before.rows, totals: before.totals });
  expect((await box.cli('undo', String(file.importId))).code).toBe(0);
  expect((await report()).rows).toEqual([]);
});

test('finds the logs of this home, and doctor says where it looked', async ({ box }) => {
  const project = join(box.home, '.claude', 'projects', '-work-app');
  mkdirSync(project, { recursive: true });
  copyFileSync(
    sample('claude_code_session.jsonl'),
    join(project, 'a1b2c3d4-0000-4000-8000-000000000001.jsonl'),
  );
  const { tools } = JSON.parse((await box.cli('scan', '--json')).stdout);
  const found = tools.find(({ tool }: { tool: string }) => tool === 'claude-code');
  expect(found).toMatchObject({ files: 1, refused: 0 });
  expect(found.accepted).toBeGreaterThan(0);
  const doctor = await box.cli('doctor');
  expect(doctor.code).toBe(0);
  expect(doctor.stdout).toContain(join(box.home, '.claude'));
});

test('exports the same to stdout and to a file', async ({ box }) => {
  await box.cli('import', sample('openrouter_activity.csv'));
  for (const format of ['csv', 'json', 'focus']) {
    const piped = await box.cli('export', '--format', format);
    expect(piped.code).toBe(0);
    const out = join(box.home, `out.${format}`);
    expect((await box.cli('export', '--format', format, '--out', out)).code).toBe(0);
    expect(readFileSync(out, 'utf8')).toBe(piped.stdout);
  }
});

test('says what is wrong with one line and the right code', async ({ box }) => {
  const { version } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'));
  expect(await box.cli('--version')).toMatchObject({ code: 0, stdout: `${version}\n` });
  for (const [code, ...args] of [
    [2, 'import'],
    [2, 'report', '--from', '2026-13-01'],
    [2, 'report', '--nonsense'],
    [1, 'import', 'missing.csv'],
    [1, 'undo', '7'],
    [1, 'restore', 'missing.db'],
  ] as const) {
    const result = await box.cli(...args);
    expect(result.code, args.join(' ')).toBe(code);
    expect(result.stderr, args.join(' ')).toMatch(/^llmlab: \S.+\n/);
  }
});
