import { expect, it } from 'vitest';
import { scoreOf } from './palette-score.ts';

it('puts a label that begins like the query before one that only contains its letters', () => {
  const range = scoreOf('Last month', 'range dates', 'last mon');
  expect(range).toBeGreaterThan(scoreOf('Undo last import: monday.csv', 'remove', 'last mon'));
  expect(scoreOf('Undo last import: openai_cost.csv', 'remove', 'last mon')).toBe(0);
});

it('finds by words in any order, by keywords, and by a part of a model id', () => {
  expect(scoreOf('Settings: Prices', 'unpriced alias', 'prices sett')).toBe(0.8);
  expect(scoreOf('Settings: Prices', 'unpriced alias', 'unpriced')).toBe(0.4);
  expect(scoreOf('claude-opus-4-8', 'model filter', 'opus-4')).toBeGreaterThan(0);
  expect(scoreOf('Export as CSV', 'download save', 'save csv')).toBe(0.4);
});

it('does not match letters out of the middle of words spread over the label', () => {
  expect(scoreOf('Import files…', 'csv open', 'ie')).toBe(0);
  expect(scoreOf('Dark theme', 'colour', 'zzzz')).toBe(0);
});
