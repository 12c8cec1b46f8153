import { describe, expect, it } from 'vitest';
import { currencyOfColumn, isGoogleModelService } from './google-bill.ts';

describe('bills of Google Cloud', () => {
  it('tells services that sell models from others', () => {
    expect(['Gemini API', 'Vertex AI', 'Generative Language API'].every(isGoogleModelService)).toBe(true);
    expect(['Compute Engine', 'Cloud Storage', 'BigQuery', ''].some(isGoogleModelService)).toBe(false);
  });

  it('reads the currency in a column’s name, and none where a sign names several', () => {
    expect(
      ['Cost ($)', 'Cost (€)', 'Cost (CA$)', 'Cost (CHF)', 'Cost (kr)', 'Cost', ''].map(currencyOfColumn),
    ).toEqual([...['USD', 'EUR', 'CAD', 'CHF'], ...[null, null, null]]);
  });
});
