import { expect, it } from 'vitest';
import { intervalChoices, intervalOf } from './intervals.ts';

it('offers the interval in force even where it is none of the usual ones', () => {
  const labels = intervalChoices(47, 60).map(({ label }) => label);
  expect(labels).toContain('every 47 minutes');
  expect(labels).toContain('every hour (usual)');
  expect(new Set(labels).size).toBe(labels.length);
});

it('goes back to the usual as such, not as a number that would stay', () => {
  expect(intervalOf('60', 60)).toBeNull();
  expect(intervalOf('1440', 60)).toBe(1440);
  expect(intervalOf('60', null)).toBe(60);
});
