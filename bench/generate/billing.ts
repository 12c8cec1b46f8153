import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Random, randomOf } from '../../src-main/jobs/sample/random.ts';
import { keepTruth, type Truth } from './truth.ts';

const models = [
  { slug: 'anthropic/claude-4.5-sonnet-20250929', canonical: 'claude-sonnet-4-5' },
  { slug: 'anthropic/claude-4.5-haiku-20251001', canonical: 'claude-haiku-4-5' },
  { slug: 'openai/gpt-5-mini-2025-08-07', canonical: 'gpt-5-mini' },
  { slug: 'google/gemini-2.5-flash', canonical: 'gemini-2.5-flash' },
] as const;

const header =
  'generation_id,created_at,cost_total,tokens_prompt,tokens_completion,tokens_reasoning,tokens_cached,model_permaslug,cancelled\n';
const newest = Date.UTC(2026, 9, 31, 23);
const rowsPerWrite = 20_000;

export interface BillingOptions {
  readonly path: string;
  readonly rows: number;
  readonly seed: string;
}

/** An activity export in OpenRouter's shape: newest first, one row per generation, about 111 bytes each. */
export function generateBilling({ path, rows, seed }: BillingOptions): Truth {
  const random = randomOf(seed);
  const truth = keepTruth();
  mkdirSync(dirname(path), { recursive: true });
  const file = openSync(path, 'w');
  let at = newest;
  let text = header;
  let bytes = 0;
  for (let row = 0; row < rows; row++) {
    at -= random.between(0, 50_000);
    text += rowOf(row, at, random, truth);
    if ((row + 1) % rowsPerWrite === 0 || row === rows - 1) {
      bytes += writeSync(file, text);
      text = '';
    }
  }
  closeSync(file);
  truth.wrote(bytes);
  return truth.result();
}

function rowOf(row: number, at: number, random: Random, truth: ReturnType<typeof keepTruth>): string {
  const model = random.pick(models);
  const cached = random.chance(50) ? random.between(0, 20_000) : 0;
  const prompt = cached + random.between(20, 9_000);
  const completion = random.between(1, 3_000);
  const reasoning = random.chance(30) ? random.between(0, completion) : 0;
  const microUsd = random.between(10, 90_000);
  truth.count(
    at,
    model.canonical,
    { input: prompt - cached, cacheRead: cached, output: completion, reasoning },
    microUsd * 1_000,
  );
  const created = new Date(at).toISOString().replace('T', ' ').slice(0, 23);
  const cost = `0.${microUsd.toString().padStart(6, '0')}`;
  return `gen-${Math.floor(at / 1000)}-${suffixOf(row)},${created},${cost},${prompt},${completion},${reasoning},${cached},${model.slug},false\n`;
}

/** Six characters, another for each row: a step through all of them that shares no factor with their number. */
function suffixOf(row: number): string {
  return ((row * 7_777_771) % 36 ** 6).toString(36).padStart(6, '0');
}
