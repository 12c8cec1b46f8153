import { describe, expect, it } from 'vitest';
import { googleSku } from '../../importers/dialects/google-sku.ts';
import { skuOf, tokensOfSku } from './google-sku.ts';

const descriptions = [
  'Generate content output token count gemini 2.5 flash short input text',
  'Generate content cached input token count gemini 3 pro long input text',
  'Generate content input token count gemini 2.5 flash image image',
  'Gemini 2.5 Flash GA Text Input - Predictions',
  'Claude Opus 4.5 Batch Output Tokens',
  'Generate_content batch input token count gemini 3.8 flash',
  'Vertex AI Search storage',
];

describe('SKUs of Google Cloud', () => {
  // A day read from the export and the same day imported from a file must name one model.
  it.each(descriptions)('mean the same as in an imported file: %s', (description) => {
    expect(skuOf(description)).toEqual(googleSku(description));
  });

  it('count tokens only by the piece', () => {
    const sku = skuOf('Generate content output token count gemini 2.5 flash short input text');
    expect(tokensOfSku(sku, '5E5', 'count').output).toBe(500_000);
    expect(tokensOfSku(sku, '12', 'byte-seconds').output).toBe(0);
    expect(tokensOfSku(sku, null, 'count').output).toBe(0);
  });
});
