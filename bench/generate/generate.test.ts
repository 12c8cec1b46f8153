import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTestCore } from '../../src-main/testing/core.ts';
import { cellsOf } from '../measure/cells.ts';
import { generateBilling } from './billing.ts';
import { generateClaudeCode } from './claude-code.ts';
import { generateCodex } from './codex.ts';
import { generateLedger } from './ledger.ts';
import { type Truth, wrongCells } from './truth.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'llmlab-bench-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

describe('generated logs are read to exactly what was written into them', () => {
  const tools: readonly [tool: string, folder: string, generate: (dir: string) => Truth][] = [
    ['claude-code', '.claude', (to) => generateClaudeCode({ dir: to, megabytes: 6, seed: 'test' })],
    ['codex', '.codex', (to) => generateCodex({ dir: to, megabytes: 6, seed: 'test' })],
  ];

  it.each(tools)('%s', async (tool, folder, generate) => {
    await using core = await startTestCore();
    const truth = generate(join(core.home, folder));
    const { tools: scanned } = await core.call('scan.run', { tools: [tool] });
    expect(scanned[0]).toMatchObject({ refused: 0, accepted: truth.requests, problems: [] });
    expect(wrongCells(truth, await cellsOf(core))).toEqual([]);
    const again = await core.call('scan.run', { tools: [tool] });
    expect(again.tools[0]).toMatchObject({ bytesRead: 0, accepted: 0 });
  });
});

describe('a generated bill', () => {
  it('comes in row by row, to the last nano-USD', async () => {
    const path = join(dir, 'openrouter_activity.csv');
    const truth = generateBilling({ path, rows: 2_000, seed: 'test' });
    await using core = await startTestCore();
    const { files } = await core.call('imports.commit', { file: { path } });
    expect(files[0]?.counts).toMatchObject({ accepted: 2_000, duplicate: 0, refused: 0, unpriced: 0 });
    const cells = await cellsOf(core);
    expect(wrongCells(truth, cells)).toEqual([]);
    for (const [key, cell] of Object.entries(truth.cells))
      expect(cells[key]?.costNanoUsd).toBe(cell.costNanoUsd);
  });

  it('has rows of the size the targets are stated for', () => {
    const truth = generateBilling({ path: join(dir, 'a.csv'), rows: 1_000, seed: 'test' });
    expect(truth.bytes / 1_000).toBeGreaterThan(100);
    expect(truth.bytes / 1_000).toBeLessThan(120);
  });
});

it('a generated ledger reads as what was entered', async () => {
  await using core = await startTestCore();
  await core.core.stop();
  const truth = generateLedger({ dataDir: core.dataDir, records: 1_500, seed: 'test' });
  await core.core.start();
  expect(wrongCells(truth, await cellsOf(core))).toEqual([]);
});

it('the same seed writes the same data, another seed other data', () => {
  const bill = (name: string, seed: string) =>
    generateBilling({ path: join(dir, name), rows: 50, seed }).cells;
  expect(bill('a', '1')).toEqual(bill('b', '1'));
  expect(bill('a', '1')).not.toEqual(bill('c', '2'));
});
