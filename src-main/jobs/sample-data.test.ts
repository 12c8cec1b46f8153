import { calcPrice } from '@pydantic/genai-prices';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderSampleData, type SampleFile } from './sample-data.ts';

const now = Date.parse('2026-11-20T09:30:00Z');
const files = renderSampleData(now);

function contentOf(format: string, from: readonly SampleFile[] = files): string {
  const found = from.filter((file) => file.format === format);
  expect(found.length).toBeGreaterThan(0);
  return found.map((file) => file.content).join('');
}

function rowsOf(format: string): readonly Readonly<Record<string, string>>[] {
  const [head = '', ...lines] = contentOf(format).trimEnd().split('\n');
  const names = head.split(',');
  return lines.map((line) => {
    const cells = (line.match(/"[^"]*"|[^,]+|(?<=,)(?=,|$)/g) ?? []).map((cell) => cell.replaceAll('"', ''));
    expect(cells).toHaveLength(names.length);
    return Object.fromEntries(names.map((name, i) => [name, cells[i] ?? '']));
  });
}

interface LogLine {
  readonly timestamp: string;
  readonly type: string;
  readonly cwd?: string;
  readonly message?: {
    readonly id: string;
    readonly model: string;
    readonly usage: Readonly<Record<string, number>>;
  };
  readonly payload?: { readonly info?: { readonly total_token_usage: Readonly<Record<string, number>> } };
}

function linesOf(content: string): readonly LogLine[] {
  return content
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as LogLine); // as: every line is written by the function under test
}

describe('sample data', () => {
  it('says the same of a date whenever it is rendered, so loading it again a day later only continues it', () => {
    const tomorrow = renderSampleData(now + 86_400_000);
    for (const format of ['openai-cost', 'anthropic-usage', 'claude-code']) {
      expect(contentOf(format, tomorrow).startsWith(contentOf(format))).toBe(true);
    }
    for (const file of files.filter((one) => one.format === 'codex')) {
      const later = tomorrow.find((one) => one.fileName === file.fileName);
      expect(later?.content.startsWith(file.content)).toBe(true);
    }
  });

  it('never reaches today, and is never older than six weeks, at any moment of the year', () => {
    fc.assert(
      fc.property(fc.integer({ min: now - 400 * 86_400_000, max: now + 400 * 86_400_000 }), (moment) => {
        const today = new Date(moment).toISOString().slice(0, 10);
        const rendered = renderSampleData(moment);
        const codex = contentOf('codex', rendered).match(/(?<="timestamp":")[^"]+/g) ?? [];
        const openai = contentOf('openai-cost', rendered).match(/\d{4}-\d\d-\d\dT00:00:00/g) ?? [];
        expect(codex.length).toBeGreaterThan(0);
        expect(codex.every((stamp) => stamp < today)).toBe(true);
        // The end of a day bucket is the start of the next one: yesterday's bucket ends today.
        expect(openai.every((stamp) => stamp.slice(0, 10) <= today)).toBe(true);
        expect(Date.parse(`${openai[0]}Z`)).toBeGreaterThanOrEqual(moment - 43 * 86_400_000);
      }),
      { numRuns: 12 },
    );
  });

  it('writes OpenAI amounts that are exactly tokens times the published price', () => {
    const prices: Readonly<Record<string, bigint>> = {
      'gpt-5.4-mini-2026-03-17, input': 750n,
      'gpt-5.4-mini-2026-03-17, cached input': 75n,
      'gpt-5.4-mini-2026-03-17, output': 4500n,
      'text-embedding-3-small, input': 20n,
    };
    for (const row of rowsOf('openai-cost')) {
      const nano = BigInt((row.amount_value ?? '').replace('.', ''));
      expect(nano).toBe(BigInt(row.quantity ?? '') * (prices[row.line_item ?? ''] ?? 0n));
    }
  });

  it('keeps Codex running totals growing within a file, as the format promises', () => {
    for (const file of files.filter((one) => one.format === 'codex')) {
      const totals = linesOf(file.content)
        .flatMap((line) => line.payload?.info ?? [])
        .map((info) => info.total_token_usage);
      const input = totals.map((total) => total.input_tokens ?? -1);
      expect(input).toEqual(input.toSorted((a, b) => a - b));
      for (const total of totals)
        expect(total.cached_input_tokens).toBeLessThanOrEqual(total.input_tokens ?? -1);
    }
  });

  it('has unique ids where the format needs them, and two lines per Claude Code reply', () => {
    const ids = rowsOf('openrouter-activity').map((row) => row.generation_id);
    expect(new Set(ids).size).toBe(ids.length);
    const replies = linesOf(contentOf('claude-code')).map((line) => line.message?.id);
    expect(new Set(replies).size * 2).toBe(replies.length);
  });

  it('names models that have a price, and one on purpose that has none', () => {
    const claude = linesOf(contentOf('claude-code')).map((line) => line.message?.model ?? '');
    const anthropic = rowsOf('anthropic-usage').map((row) => row.model_version ?? '');
    const router = rowsOf('openrouter-activity').map((row) => row.model_permaslug ?? '');
    const openai = rowsOf('openai-cost').map((row) => row.line_item?.split(',')[0] ?? '');
    const all = [
      ...[...new Set([...claude, ...anthropic])].map((model) => ['anthropic', model] as const),
      ...[...new Set(router)].map((model) => ['openrouter', model] as const),
      ...[...new Set([...openai, 'gpt-5.3-codex'])].map((model) => ['openai', model] as const),
    ];
    const unpriced = all.filter(
      ([providerId, model]) => calcPrice({ input_tokens: 1 }, model, { providerId }) === null,
    );
    expect(unpriced).toEqual([['anthropic', 'qwen3.5-coder-next']]);
    expect(all).toHaveLength(9);
  });

  it('tells of six projects', () => {
    const projects = new Set([
      ...linesOf(contentOf('claude-code')).map((line) => line.cwd?.split('/').at(-1)),
      ...rowsOf('anthropic-usage').map((row) => row.workspace),
      ...rowsOf('openai-cost').map((row) => row.project_name),
    ]);
    expect([...projects].sort()).toEqual([
      'atlas-api',
      'blog-drafts',
      'cli-tools',
      'eval-runs',
      'inbox-triage',
      'thesis-rag',
    ]);
  });
});
