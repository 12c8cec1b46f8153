import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProvider } from '@pydantic/genai-prices';
import { describe, expect, it } from 'vitest';
import { appRoot } from '../platform/app-root.ts';
import { bundledPrices } from '../testing/price-book.ts';
import { catalogueVersion } from './catalogue.ts';
import { matches } from './match.ts';

const book = bundledPrices();
const canonical = (provider: string, model: string): string => book.resolve(provider, model, 0).canonical;

describe('one model has one name in reports, however a witness writes it', () => {
  it.each([
    ['anthropic', 'claude-haiku-4-5-20251001', 'claude-haiku-4-5'],
    ['anthropic', 'Claude Haiku 4.5', 'claude-haiku-4-5'],
    ['openrouter', 'anthropic/claude-4.5-haiku-20251001', 'claude-haiku-4-5'],
    ['openrouter', 'anthropic/claude-haiku-4.5', 'claude-haiku-4-5'],
    ['amazon-bedrock', 'us.anthropic.claude-haiku-4-5-20251001-v1:0', 'claude-haiku-4-5'],
    ['anthropic', 'claude-sonnet-4-5-20250929', 'claude-sonnet-4-5'],
    ['openrouter', 'anthropic/claude-4.5-sonnet-20250929', 'claude-sonnet-4-5'],
    ['anthropic', 'Claude Fable 5.1', 'claude-fable-5-1'],
    ['anthropic', 'Claude Haiku 3.5', 'claude-3-5-haiku'],
    ['anthropic', 'claude-3-5-haiku-20241022', 'claude-3-5-haiku'],
    ['anthropic', 'Claude Sonnet 4', 'claude-sonnet-4-0'],
    ['anthropic', 'claude-sonnet-4-20250514', 'claude-sonnet-4-0'],
    ['anthropic', 'claude-opus-4-8[1m]', 'claude-opus-4-8'],
    ['openrouter', 'anthropic/claude-4.8-opus-20260815', 'claude-opus-4-8'],
    ['google-vertex', 'claude-opus-4-5@20251101', 'claude-opus-4-5'],
    ['github-copilot', 'claude-opus-4.8', 'claude-opus-4-8'],
    ['openai', 'gpt-5.4-2026-03-05', 'gpt-5.4'],
    ['azure', 'gpt-4o-2024-08-06', 'gpt-4o'],
    ['openrouter', 'openai/gpt-5.4', 'gpt-5.4'],
    ['google', 'models/gemini-2.5-pro', 'gemini-2.5-pro'],
    ['somewhere', 'claude-opus-4-8', 'claude-opus-4-8'],
  ])('%s %s -> %s', (provider, model, name) => {
    expect(canonical(provider, model)).toBe(name);
  });

  it.each([
    ['of equal price but another kind', 'openai', 'gpt-5-codex', 'gpt-5-codex'],
    ['that share a price list', 'openai', 'gpt-5.1-codex-max', 'gpt-5.1-codex-max'],
    [
      'served in another way at another price',
      'openrouter',
      'anthropic/claude-opus-4.8-fast',
      'anthropic/claude-opus-4.8-fast',
    ],
    ['whose dated release has its own price', 'openai', 'gpt-4o-2024-05-13', 'gpt-4o-2024-05-13'],
    ['nobody lists', 'acme', ' Some/Model:X ', 'Some/Model:X'],
    ['that run locally', 'ollama', 'gpt-oss:20b', 'gpt-oss:20b'],
  ])('models %s stay apart', (_name, provider, model, name) => {
    expect(canonical(provider, model)).toBe(name);
  });
});

describe('catalogue rules', () => {
  const prefix = { starts_with: 'fam-5' };

  it.each([
    'fam-5',
    'fam-5-20260101',
    'fam-5-2026-01-01',
    'fam-5-latest',
    'fam-5@20260101',
    'fam-5-preview-05-06',
    'fam-5:thinking',
    'fam-5-001',
    'fam-5-v1:0',
  ])('a prefix names %s', (name) => {
    expect(matches(prefix, name)).toBe(true);
  });

  it.each([
    'fam-5-5',
    'fam-5.1',
    'fam-50',
    'fam-5-lite',
    'fam-5-mini-20260101',
    'fam-5-pro',
    'fam-5x',
    'a-fam-5',
  ])('a prefix does not name %s, which is another model', (name) => {
    expect(matches(prefix, name)).toBe(false);
  });

  it('still find every model under its own id, at every provider we sell names for', () => {
    const providers = [
      'anthropic',
      'openai',
      'google',
      'openrouter',
      'aws',
      'azure',
      'deepseek',
      'mistral',
      'x-ai',
      'groq',
    ];
    const lost = providers.flatMap((id) =>
      (findProvider({ providerId: id })?.models ?? []).flatMap((model) =>
        book.resolve(id, model.id, 0).known ? [] : [`${id} ${model.id}`],
      ),
    );
    expect(lost).toEqual([]);
  });

  it('come from the release the version names', () => {
    const manifest = join(appRoot().dir, 'node_modules', '@pydantic', 'genai-prices', 'package.json');
    expect(JSON.parse(readFileSync(manifest, 'utf8'))).toMatchObject({ version: catalogueVersion });
    expect(book.version).toBe(`genai-prices ${catalogueVersion}, supplement 2026-11-20`);
  });
});
