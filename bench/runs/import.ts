import { readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { type Truth, wrongCells } from '../generate/truth.ts';
import { cellsOf } from '../measure/cells.ts';
import { report } from '../measure/child.ts';
import { startBenchCore } from '../measure/core.ts';

/** One file recognised, priced, stored and rolled up in a worker, while the main thread's longest pause is watched. */
const [path = '', dataDir = ''] = process.argv.slice(2);
rmSync(dataDir, { recursive: true, force: true });
const truth = JSON.parse(readFileSync(join(dirname(path), 'truth.json'), 'utf8')) as Truth;
const bench = await startBenchCore({ dataDir });

const pauses = monitorEventLoopDelay({ resolution: 1 });
pauses.enable();
const begin = performance.now();
const { files } = await bench.call('imports.commit', { file: { path } });
const wallMs = performance.now() - begin;
pauses.disable();

const cells = await cellsOf(bench);
const wrong = [...wrongCells(truth, cells)];
for (const [key, cell] of Object.entries(truth.cells))
  if (cells[key]?.costNanoUsd !== cell.costNanoUsd)
    wrong.push(`${key}: expected ${cell.costNanoUsd} nano-USD, found ${cells[key]?.costNanoUsd}`);
await bench.core.stop();
report({ wallMs, longestPauseMs: pauses.max / 1e6, counts: files[0]?.counts, wrong });
