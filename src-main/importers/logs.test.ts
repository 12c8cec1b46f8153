import { appendFileSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { samplesDir } from '../testing/core.ts';
import { readLog } from '../testing/read-log.ts';
import { tempDir } from '../testing/temp-dir.ts';
import { claudeCode } from './claude-code.ts';
import { codex } from './codex.ts';
import { geminiCli } from './gemini-cli.ts';
import { logImporters } from './logs.ts';
import { opencode } from './opencode.ts';
import { recogniseLog } from './pipeline/recognise-log.ts';

const lineSamples = [
  ['claude_code_session.jsonl', claudeCode],
  ['claude_code_subagent.jsonl', claudeCode],
  ['claude_code_resumed.jsonl', claudeCode],
  ['claude_code_old_v1.0.5.jsonl', claudeCode],
  ['codex_rollout-2026-07-01T10-00-00-019f0000-aaaa-7000-8000-000000000001.jsonl', codex],
  ['codex_rollout-2026-07-01T11-00-00-019f0000-bbbb-7000-8000-000000000002_fork.jsonl', codex],
  ['codex_rollout_counter_reset.jsonl', codex],
  ['gemini_session-2026-07-01T10-00-b2d4c6e8.jsonl', geminiCli],
] as const;
const documents = [
  ['gemini_session_old.json', geminiCli],
  ['opencode_message.json', opencode],
] as const;

describe('recognising a dropped file', () => {
  it.each([...lineSamples, ['codex_exec_json_stream.jsonl', codex] as const, ...documents])(
    '%s by its content',
    (name, importer) => {
      expect(recogniseLog(logImporters, join(samplesDir, name)).map(({ id }) => id)).toEqual([importer.id]);
    },
  );

  it.each(['openai_cost.csv', 'focus_1.4_generic.csv', 'opencode_db.json', 'EXPECTED.json'])(
    '%s is none',
    (name) => {
      const found = recogniseLog(logImporters, join(samplesDir, name)).map(({ id }) => id);
      expect(found).toEqual([]);
    },
  );
});

describe.each(lineSamples)('%s', (name, importer) => {
  const bytes = readFileSync(join(samplesDir, name));
  const whole = readLog(importer, join(samplesDir, name), { final: false }).lines;

  it('read in two scans gives what one gives, wherever the first one ended', () => {
    using dir = tempDir();
    const path = join(dir.path, name);
    const expected = JSON.stringify(whole);
    for (let cut = 0; cut <= bytes.length; cut++) {
      // The file goes on growing as another inode, as after a rename: what was read must stay read.
      if (cut > 0) appendFileSync(path, bytes.subarray(cut - 1, cut));
      else writeFileSync(path, '');
      const first = readLog(importer, path, { final: false });
      const second = readLog(importer, join(samplesDir, name), {
        final: false,
        cursor: throughJson(first.cursor),
      });
      if (JSON.stringify([...first.lines, ...second.lines]) === expected) continue;
      expect([...first.lines, ...second.lines], `cut after ${cut} bytes`).toEqual(whole);
    }
    expect(statSync(path).size).toBe(bytes.length);
  });

  it('read in any number of scans gives the same', () => {
    using dir = tempDir();
    const path = join(dir.path, name);
    const cuts = fc.array(fc.nat({ max: bytes.length }), { maxLength: 8 });
    fc.assert(
      fc.property(cuts, (drawn) => {
        let cursor: ReturnType<typeof readLog>['cursor'] | null = null;
        const lines: unknown[] = [];
        for (const cut of [...drawn.sort((a, b) => a - b), bytes.length]) {
          writeFileSync(path, bytes.subarray(0, cut));
          const read = readLog(importer, path, { final: false, cursor });
          cursor = throughJson(read.cursor);
          lines.push(...read.lines);
        }
        expect(lines).toEqual(whole);
      }),
      { numRuns: 50 },
    );
  });
});

/** Cursors are kept as JSON between scans. */
function throughJson<T>(value: T): T {
  return JSON.parse(JSON.stringify(value));
}
