import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LogImporter, RowOutcome } from '../platform/importer.ts';
import { samplesDir } from './core.ts';
import { readLog } from './read-log.ts';
import { tempDir } from './temp-dir.ts';

/** The same format without the short way: every line is parsed as a whole. */
export function readingWhole(importer: LogImporter): LogImporter {
  const { openLines } = importer;
  return {
    ...importer,
    fields: [],
    ...(openLines && {
      openLines(...from: Parameters<typeof openLines>) {
        const reader = openLines(...from);
        return { line: reader.line, state: reader.state };
      },
    }),
  };
}

const oddValue = fc.oneof(
  fc.constantFrom(
    null,
    true,
    false,
    '',
    'x',
    '<synthetic>',
    'progress',
    'assistant',
    'msg_1',
    'msg_bdrk_1',
    'a_vrtx_b',
    'm@1',
  ),
  fc.constantFrom(0, 1, -1, 1.5, 2e10, 1e20, 2 ** 62, '12'),
  fc.constantFrom(
    '2026-02-30T00:00:00Z',
    '2026-07-01T10:00:00.5+05:30',
    '2014-01-01T00:00:00Z',
    '2026-07-01T10:00:00.123456Z',
  ),
  fc.constantFrom('C:\\dev\\shop', '/', '/a//b/', 'caf\u00e9 "\n', 'x'.repeat(200)),
  fc.constantFrom(
    [],
    {},
    [1],
    [{ type: 'advisor_message', model: 'm', input_tokens: 3 }],
    [{ type: 'fallback_message', model: 'm2' }],
  ),
  fc.constantFrom({ thinking_tokens: 1 }, { web_search_requests: 2 }, { web_search_requests: -2 }),
);

/** One change to a line: another value at a path, none, or bytes put somewhere into its text. */
const change = (paths: readonly string[]) =>
  fc.record({
    line: fc.nat(),
    path: fc.constantFrom(
      ...paths,
      ...paths.flatMap((path) => (path.includes('.') ? path.slice(0, path.lastIndexOf('.')) : [])),
    ),
    value: fc.oneof({ weight: 6, arbitrary: oddValue }, { weight: 1, arbitrary: fc.constant(undefined) }),
    again: fc.boolean(),
    put: fc.option(
      fc.constantFrom('"', '\\', '\\u0041', '{', '}', ',', ' ', '\t', '\u00e9', '"x":1,', '\r'),
      { freq: 4 },
    ),
    at: fc.nat(),
  });
type Change = ReturnType<typeof change> extends fc.Arbitrary<infer T> ? T : never;

function changed(lines: readonly string[], { line, path, value, again, put, at }: Change): readonly string[] {
  const index = line % lines.length;
  const text = lines[index] ?? '';
  const altered =
    put === null
      ? withValue(text, path, value)
      : text.slice(0, at % text.length) + put + text.slice(at % text.length);
  return again
    ? [...lines.slice(0, index + 1), altered, ...lines.slice(index + 1)]
    : lines.with(index, altered);
}

function withValue(text: string, path: string, value: unknown): string {
  let entry: unknown;
  try {
    entry = JSON.parse(text);
  } catch {
    return text;
  }
  const names = path.split('.');
  const last = names.pop() ?? '';
  let holder = entry as Record<string, unknown>;
  for (const name of names) {
    if (typeof holder[name] !== 'object' || holder[name] === null) holder[name] = {};
    holder = holder[name] as Record<string, unknown>;
  }
  holder[last] = value;
  return JSON.stringify(entry);
}

/** What a format makes of lines by the fields it names is what it makes of them read as a whole, however odd they are. */
export function fieldsTellTheSame(importer: LogImporter, samples: readonly string[]): void {
  test.each(samples)('%s: fields alone tell what whole lines do', (sample) => {
    using dir = tempDir();
    const lines = readFileSync(join(samplesDir, sample), 'utf8').split('\n');
    const path = join(dir.path, sample);
    const outcomes = (by: LogImporter): readonly { line: number; outcome: RowOutcome }[] =>
      readLog(by, path, { final: false }).lines.map(({ line, outcome }) => ({ line, outcome }));
    fc.assert(
      fc.property(fc.array(change(importer.fields ?? []), { maxLength: 5 }), (changes) => {
        writeFileSync(path, changes.reduce<readonly string[]>(changed, lines).join('\n'));
        expect(outcomes(importer)).toEqual(outcomes(readingWhole(importer)));
      }),
      { seed: 20_261_128, numRuns: 400 },
    );
  });
}
