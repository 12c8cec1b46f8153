import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type TempDir, tempDir } from '../../testing/temp-dir.ts';

let dir: TempDir;
let log: string;
beforeEach(() => {
  dir = tempDir();
  const project = join(dir.path, '.claude', 'projects', '-work-app');
  mkdirSync(project, { recursive: true });
  log = join(project, 'session.jsonl');
  const samples = join(import.meta.dirname, '../../testing/fixtures/samples');
  copyFileSync(join(samples, 'claude_code_session.jsonl'), log);
});
afterEach(() => dir[Symbol.dispose]());

const message = {
  ...{ id: 'msg_new', role: 'assistant', model: 'claude-opus-4-8' },
  usage: { input_tokens: 7, output_tokens: 3 },
};
const line = { type: 'assistant', timestamp: '2026-11-20T10:00:00.000Z', requestId: 'r', uuid: 'u', message };

// No process can send Ctrl-C to another on Windows.
const test = it.skipIf(process.platform === 'win32');

test('scan --watch reads what is there, then what is written, until Ctrl-C', async () => {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), 'scan', '--watch', '--json'], {
    cwd: dir.path,
    env: { PATH: process.env.PATH, HOME: dir.path, LLMLAB_DATA_DIR: join(dir.path, 'data') },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = once(child, 'close');
  const said = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => JSON.parse((await said.next()).value ?? 'null');

  const { tools } = await next();
  expect(tools.find(({ tool }: { tool: string }) => tool === 'claude-code').accepted).toBeGreaterThan(0);
  appendFileSync(log, `${JSON.stringify(line)}\n`);
  const { changed } = await next();
  expect(changed).toMatchObject([{ label: 'Claude Code', added: 1, error: null }]);
  child.kill('SIGINT');
  expect(await closed).toEqual([0, null]);
});
