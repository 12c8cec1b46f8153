import { expect, it } from 'vitest';
import { fieldWords } from './field-words.ts';
import { fieldOf } from './provider.fixture.ts';

const kept = {
  field: 'apiKey',
  endsWith: 'wxyz',
  origin: 'https://a.example.com',
  savedAt: 0,
  isSessionOnly: false,
};

it('calls optional only what one may do without', () => {
  expect(fieldWords(fieldOf({ required: true }), null, false).label).toBe('API key');
  expect(fieldWords(fieldOf(), null, false).label).toBe('API key (optional)');
  expect(fieldWords(fieldOf(), null, true).label).toBe('API key');
  expect(fieldWords(fieldOf({ secret: false, label: 'Region' }), null, true).label).toBe('Region (optional)');
});

it('says of a kept secret how it ends and how it stays, and nothing more of it', () => {
  const { hint, placeholder, label } = fieldWords(fieldOf({ prefix: 'sk-' }), kept, false);
  expect(hint).toMatch(/^Kept, ends in …wxyz\. Leave it blank to keep it\./);
  expect(placeholder).toBe('…wxyz');
  expect(label).toBe('API key');
  expect(fieldWords(fieldOf({ prefix: 'sk-' }), null, false).placeholder).toBe('sk-…');
  expect(fieldWords(fieldOf(), null, false).placeholder).toBeUndefined();
});
