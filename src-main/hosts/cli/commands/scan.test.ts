import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sample, testBox } from '../test-box.ts';

const box = testBox();
const { json, llmlab } = box;

describe('scan', () => {
  it('reads what the agents of this home logged, once', async () => {
    const project = join(box.dir, 'home', '.claude', 'projects', '-work-app');
    mkdirSync(project, { recursive: true });
    copyFileSync(
      sample('claude_code_session.jsonl'),
      join(project, 'a1b2c3d4-0000-4000-8000-000000000001.jsonl'),
    );
    const first = await json('scan', '--tool', 'claude-code');
    expect(first.code).toBe(0);
    const [tool] = first.data.tools;
    expect(tool).toMatchObject({ tool: 'claude-code', files: 1, refused: 0 });
    expect(tool.accepted).toBeGreaterThan(0);
    const again = await json('scan');
    const seen = again.data.tools.find((one: { tool: string }) => one.tool === 'claude-code');
    expect(seen).toMatchObject({ accepted: 0, bytesRead: 0 });
  });

  it('of a home without logs is no failure, but of a tool asked for by name it is', async () => {
    expect((await llmlab('scan')).code).toBe(0);
    expect((await llmlab('scan', '--tool', 'codex')).code).toBe(1);
    const { code, out } = await llmlab('doctor');
    expect(code).toBe(0);
    expect(out).toContain(`Claude Code (claude-code): no ${join(box.dir, 'home', '.claude', 'projects')}`);
    expect(out).toMatch(/read from files you import: .*Portkey logs export/);
    const slip = await llmlab('scan', '--tool', 'claude');
    expect(slip.code).toBe(2);
    expect(slip.err).toContain('Did you mean claude-code?');
  });

  it('says where each folder of a tool that is here was looked for, before the tools that are not', async () => {
    mkdirSync(join(box.dir, 'home', '.zcode', 'cli', 'db'), { recursive: true });
    mkdirSync(join(box.dir, 'home', '.factory', 'sessions'), { recursive: true });
    const { out } = await llmlab('doctor');
    const [here = '', absent = ''] = out.split('Not on this machine.');
    expect(here).toContain('Droid (droid): 0 records');
    expect(here).not.toContain('Claude Code');
    expect(absent).not.toContain('Droid');
  });

  it('names a tool with nothing to read, with what to do about it', async () => {
    const path = join(box.dir, 'home', '.config', 'Cursor', 'User', 'globalStorage', 'state.vscdb');
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, '');
    const { code, out } = await llmlab('doctor');
    expect(code).toBe(0);
    expect(out).toMatch(/Cursor \(cursor\): found, and nothing to read\n.*state\.vscdb\n.*CSV/);
  });
});
