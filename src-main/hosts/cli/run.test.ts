import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Io } from './io.ts';
import { runCli } from './run.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'llmlab-run-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** A terminal whose person presses Ctrl-C as soon as work shows. */
function impatient() {
  const stdout = new PassThrough();
  const told: string[] = [];
  let interrupt = () => {};
  const io: Io = {
    stdout,
    tell: (line) => told.push(line),
    progress: (line) => line !== null && interrupt(),
    env: { LLMLAB_DATA_DIR: join(dir, 'data') },
    cwd: dir,
    onInterrupt: (callback) => {
      interrupt = () => {
        interrupt = () => {};
        callback();
      };
      return () => {
        interrupt = () => {};
      };
    },
  };
  return { io, told, output: () => String(stdout.read() ?? '') };
}

it('Ctrl-C during an import keeps nothing of it, ends with 130 and starts no further file', async () => {
  const header = 'start_time_iso,amount_value,amount_currency,line_item';
  const day = Date.UTC(2026, 6, 1);
  const rows = Array.from(
    { length: 50_000 },
    (_, n) => `${new Date(day + n * 1000).toISOString()},0.01,usd,gpt-4o ${n}`,
  );
  for (const name of ['a.csv', 'b.csv']) writeFileSync(join(dir, name), [header, ...rows].join('\n'));
  const map = [
    '--map',
    'date=start_time_iso,cost=amount_value,model=line_item',
    '--map-options',
    'dateFormat=iso',
  ];
  const { io, told, output } = impatient();
  expect(await runCli(['import', 'a.csv', 'b.csv', ...map, '--json'], io)).toBe(130);
  expect(told[0]).toContain('Stopping');
  expect(JSON.parse(output()).error.code).toBe('CANCELLED');

  const after = impatient();
  expect(await runCli(['imports', '--json'], after.io)).toBe(0);
  expect(JSON.parse(after.output())).toEqual({ imports: [] });
});
