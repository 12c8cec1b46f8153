import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { runIn } from './test-terminal.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'llmlab-run-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

it('Ctrl-C during an import keeps nothing of it, ends with 130 and starts no further file', async () => {
  const rows = Array.from({ length: 50_000 }, (_, n) => `2026-07-01T00:00:00Z,0.01,gpt-4o ${n}`);
  for (const name of ['a.csv', 'b.csv'])
    writeFileSync(join(dir, name), ['Day,Price,What', ...rows].join('\n'));
  const map = ['--map', 'date=Day,cost=Price,model=What', '--map-options', 'currency=USD'];
  const terminal = { cwd: dir, env: { LLMLAB_DATA_DIR: join(dir, 'data') } };
  let presses = 0;
  const watch = (line: string, interrupt: () => void) => {
    // Once: a second Ctrl-C would end the process.
    if (!line.startsWith('Importing') || presses > 0) return;
    presses += 1;
    interrupt();
  };
  const { out, err, code } = await runIn({ ...terminal, watch }, [
    'import',
    'a.csv',
    'b.csv',
    ...map,
    '--json',
  ]);
  expect(presses).toBe(1);
  expect(code).toBe(130);
  expect(err).toContain('Stopping.');
  expect(JSON.parse(out).error.code).toBe('CANCELLED');

  const after = await runIn(terminal, ['imports', '--json']);
  expect(JSON.parse(after.out)).toEqual({ imports: [] });
});
