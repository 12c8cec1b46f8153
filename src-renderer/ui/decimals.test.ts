import { expect, it } from 'vitest';
import { missingTail, mostPlaces, placesIn } from './decimals.ts';

it('lines up amounts of one column at their points', () => {
  const column = ['$12.30', '−$0.0042', '¥1,200', '$7,000.019', '+$5.00'];
  expect(column.map(placesIn)).toEqual([2, 4, 0, 3, 2]);
  const most = mostPlaces(column);
  const ends = column.map((text) => {
    const whole = text + missingTail(text, most);
    return whole.length - whole.lastIndexOf('.');
  });
  expect(new Set(ends).size).toBe(1);
});

it('adds nothing to the longest, nor to what has more places than the column was given', () => {
  expect(missingTail('$0.0042', 4)).toBe('');
  expect(missingTail('$0.00042', 4)).toBe('');
});
