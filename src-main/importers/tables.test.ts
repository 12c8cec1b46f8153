import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTable, sampleText } from '../testing/read-table.ts';
import { recogniseTable, requireMatch } from './pipeline/recognise.ts';
import { sniffText } from './pipeline/text.ts';
import { tableImporters } from './tables.ts';

const folder = join(import.meta.dirname, '..', 'testing', 'fixtures', 'samples');
const samples = readdirSync(folder).filter((name) => name.endsWith('.csv'));
const idsFor = (header: readonly string[]) => recogniseTable(tableImporters, { header }).map(({ id }) => id);
const prefix = {
  anthropic_cost: 'anthropic-cost',
  anthropic_usage: 'anthropic-usage',
  openai_cost: 'openai-cost',
  openai_completions: 'openai-usage',
  openai_legacy: 'openai-legacy-activity',
  openrouter: 'openrouter-activity',
};

describe('tableImporters', () => {
  it('are told apart: every sample fits exactly one', () => {
    for (const name of samples) {
      const wanted =
        Object.entries(prefix).find(([start]) => name.startsWith(start))?.[1] ??
        (name.includes('focus') ? 'focus' : undefined);
      if (wanted) expect(idsFor(sniffText(join(folder, name)).header), name).toEqual([wanted]);
    }
    expect(samples.length).toBeGreaterThanOrEqual(14);
  });

  it('recognise a header whatever its order, case and added columns', () => {
    const header = sniffText(join(folder, 'openrouter_activity.csv')).header;
    expect(
      idsFor(
        [...header]
          .reverse()
          .map((name) => ` ${name.toUpperCase()} `)
          .concat('new_column'),
      ),
    ).toEqual(['openrouter-activity']);
  });

  it('do not recognise strangers', () => {
    expect(idsFor(['date', 'model', 'cost'])).toEqual([]);
    expect(idsFor(['__proto__', 'constructor'])).toEqual([]);
  });

  it('both fit when a header holds two fingerprints: the caller asks', () => {
    expect(
      idsFor(['usage_date_utc', 'token_type', 'cost_usd', 'generation_id', 'cost_total', 'model_permaslug']),
    ).toHaveLength(2);
  });
});

describe.each(tableImporters.map((importer) => [importer.id, importer] as const))('%s', (id, importer) => {
  const own = samples.filter((name) => idsFor(sniffText(join(folder, name)).header).includes(id));

  it('has a sample', () => {
    expect(own).not.toEqual([]);
  });

  it('accounts for every row whatever the cells hold: record, refusal or skip, never a crash', () => {
    const odd = fc.constantFrom(
      '',
      '-',
      'N/A',
      'NaN',
      '1e400',
      '0x10',
      '-1',
      '1,5',
      '=1+1',
      '\u202e',
      '٣',
      '2026-02-30',
      '99999999999999999999',
      '"',
      "'",
      '{"a":',
      'true',
    );
    const text = sampleText(own[0] ?? '');
    const { headerLine } = sniffText(join(folder, own[0] ?? ''));
    const whole = text.trim().split('\n');
    const [above, lines] = [whole.slice(0, headerLine), whole.slice(headerLine)];
    const anyCells = fc.array(fc.tuple(fc.nat(80), odd), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(fc.array(anyCells, { minLength: 1, maxLength: 5 }), (edits) => {
        const rows = edits.map((changes, index) => changed(lines[index % lines.length] ?? '', changes));
        const got = readTable(importer, [...above, ...lines, ...rows].join('\n'));
        expect(got.records.length + got.refused.length + got.skipped.length).toBe(got.rows);
        expect(got.rows).toBe(lines.length + rows.length);
        for (const { at, tokens, amount } of got.records) {
          expect(Number.isSafeInteger(at)).toBe(true);
          expect(Object.values(tokens).every((count) => Number.isSafeInteger(count) && count >= 0)).toBe(
            true,
          );
          if (amount) expect(amount.value).toMatch(/^-?\d+(\.\d+)?$/);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('chosen for a file of another format names the columns it lacks, and takes its own', () => {
    for (const name of own) expect(() => requireMatch(importer, sniffText(join(folder, name)))).not.toThrow();
    const names = sniffText(join(folder, own[0] ?? '')).header;
    const failure = (header: readonly string[]) => {
      try {
        requireMatch(importer, { header });
      } catch (error) {
        return error;
      }
      return undefined;
    };
    const lacking = failure(['date', 'model', 'cost']);
    expect(lacking).toMatchObject({ code: 'FORMAT_UNKNOWN' });
    const [, listed = ''] =
      /^This file lacks the columns (.+) of /.exec(String(Object(lacking).message)) ?? [];
    const columns = listed.split(/, | and /);
    expect(columns.length).toBeGreaterThan(1);
    for (const column of columns) {
      expect(names.map((each) => each.toLowerCase())).toContain(column);
      expect(failure(names.filter((each) => each.toLowerCase() !== column))).toMatchObject({
        message: `This file lacks the column ${column} of ${importer.label}. Nothing was imported.`,
      });
    }
  });

  it('gives the same records for the same file read again, and as many for UTF-16 with CRLF', () => {
    for (const name of own) {
      const text = sampleText(name);
      const plain = text.replace('\uFEFF', '').replaceAll('\r\n', '\n');
      const { records } = readTable(importer, text);
      expect(readTable(importer, text).records).toEqual(records);
      expect(
        readTable(importer, Buffer.from(`\uFEFF${plain.replaceAll('\n', '\r\n')}`, 'utf16le')).records,
      ).toEqual(records);
    }
  });
});

/** A line with some cells replaced; commas inside quotes do not matter to what the test claims. */
function changed(line: string, changes: readonly (readonly [number, string])[]): string {
  // Commas inside quotes do not part cells: cutting there would leave a quote open and join two rows.
  const cells = line.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/);
  for (const [column, text] of changes)
    if (column < cells.length) cells[column] = /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  return cells.join(',');
}
