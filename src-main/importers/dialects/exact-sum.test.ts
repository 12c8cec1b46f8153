import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openSum } from './exact-sum.ts';

const sumOf = (...values: readonly string[]) => {
  const sum = openSum();
  for (const value of values) sum.add(value);
  return sum;
};

it('adds what floats cannot, and takes texts of any length', () => {
  expect(sumOf('0.1', '0.2').text()).toBe('0.3');
  expect(sumOf('1.27', '-0.002390', '0.002390').text()).toBe('1.27');
  expect(sumOf('-0.5', '-0.25').text()).toBe('-0.75');
  expect(sumOf(`123456789012.${'1'.repeat(80)}`, '0.1').text()).toMatch(/^123456789012\.21/);
  expect([sumOf().text(), sumOf('100').text(), sumOf('1', '-1').text()]).toEqual(['0', '100', '0']);
});

it('always compares equal to the same amount, however many zeros it is written with', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -1_000_000, max: 1_000_000 })), (cents) => {
      const total = cents.reduce((a, b) => a + b, 0);
      const [sign, size] = [total < 0 ? '-' : '', Math.abs(total)];
      const text = `${sign}${Math.floor(size / 100)}.${String(size % 100).padStart(2, '0')}00`;
      const sum = sumOf(
        ...cents.map(
          (each) =>
            `${each < 0 ? '-' : ''}${Math.floor(Math.abs(each) / 100)}.${String(Math.abs(each) % 100).padStart(2, '0')}`,
        ),
      );
      expect(sum.is(text)).toBe(true);
      expect(sum.is(`${text}1`)).toBe(false);
    }),
    { numRuns: 50 },
  );
});
