import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LogFile, LogImporter, RowOutcome } from '../platform/importer.ts';
import { tokenBuckets } from '../platform/record.ts';
import { samplesDir } from '../testing/core.ts';
import { logImporters } from './logs.ts';

const [claudeCode, codex, geminiCli, opencode] = logImporters;
const read = (name: string) => readFileSync(join(samplesDir, name), 'utf8');
const lineSamples: readonly (readonly [LogImporter, string])[] = [
  [claudeCode, 'claude_code_session.jsonl'],
  [claudeCode, 'claude_code_subagent.jsonl'],
  [codex, 'codex_rollout-2026-07-01T11-00-00-019f0000-bbbb-7000-8000-000000000002_fork.jsonl'],
  [codex, 'codex_exec_json_stream.jsonl'],
  [geminiCli, 'gemini_session-2026-07-01T10-00-b2d4c6e8.jsonl'],
];
const documentSamples: readonly (readonly [LogImporter, string])[] = [
  [geminiCli, 'gemini_session_old.json'],
  [opencode, 'opencode_message.json'],
];

const file: LogFile = { path: '/x', relativePath: 'x', modifiedAt: 1_782_900_000_000, sibling: () => null };

/** One value somewhere in a JSON text replaced by another, or the text cut or bent at some place. */
function bent(texts: readonly string[]): fc.Arbitrary<readonly string[]> {
  const odd = fc.oneof(
    fc.json({ maxDepth: 2 }),
    fc.constantFrom('-1', '1e400', '9007199254740993', '1.5', '"12"', '{"__proto__":{"x":1}}', 'null', ''),
  );
  const change = fc.record({
    line: fc.nat(),
    at: fc.nat(),
    value: odd,
    how: fc.constantFrom('value', 'cut', 'byte'),
  });
  return fc.array(change, { minLength: 1, maxLength: 4 }).map((changes) => {
    const lines = [...texts];
    for (const { line, at, value, how } of changes) {
      const index = line % lines.length;
      lines[index] = bend(lines[index] ?? '', at, value, how);
    }
    return lines;
  });
}

function bend(text: string, at: number, value: string, how: string): string {
  const place = at % Math.max(1, text.length);
  if (how === 'cut') return text.slice(0, place);
  if (how === 'byte') return `${text.slice(0, place)}\u0000${text.slice(place + 1)}`;
  const values = [...text.matchAll(/(?<=":\s*)(?:-?[\d.]+|"[^"]*"|null|true|false)/g)];
  const found = values[at % Math.max(1, values.length)];
  return found === undefined
    ? text
    : `${text.slice(0, found.index)}${value}${text.slice(found.index + found[0].length)}`;
}

function expectSound(outcome: RowOutcome): void {
  const records =
    outcome.kind === 'record' ? [outcome.record] : outcome.kind === 'records' ? outcome.records : [];
  for (const { at, tokens, provider, key, requests } of records) {
    expect(Number.isSafeInteger(at) && at >= Date.UTC(2015, 0, 1)).toBe(true);
    for (const bucket of tokenBuckets)
      expect(Number.isSafeInteger(tokens[bucket]) && tokens[bucket] >= 0).toBe(true);
    expect(tokens.reasoning).toBeLessThanOrEqual(tokens.output);
    expect(provider).toMatch(/^\S+$/);
    expect(key).not.toBe('');
    expect(requests).toBeGreaterThan(0);
  }
  if (outcome.kind === 'refuse') expect(outcome.reason).toMatch(/^\S.{3,200}$/);
  expect(JSON.parse(JSON.stringify(outcome))).toEqual(outcome);
}

describe('whatever stands in a log', () => {
  it.each(lineSamples)('every line has one outcome and no record is unsound: $1', (importer, name) => {
    const lines = read(name).trimEnd().split('\n');
    fc.assert(
      fc.property(bent(lines), (changed) => {
        const reader = importer.openLines?.(file, null);
        for (const line of changed) if (reader) expectSound(reader.line(line));
        expect(JSON.parse(JSON.stringify(reader?.state()))).toEqual(reader?.state());
      }),
      { numRuns: 400 },
    );
    expect(Object.hasOwn(Object.prototype, 'x')).toBe(false);
  });

  it.each(documentSamples)('every document is read to its end: $1', (importer, name) => {
    fc.assert(
      fc.property(bent([read(name)]), ([text = '']) => {
        const outcomes = [...(importer.readDocument?.(text, file) ?? [])];
        for (const { outcome } of outcomes) expectSound(outcome);
      }),
      { numRuns: 400 },
    );
  });
});
