import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createKeyTable } from './key-table.ts';

/** Few parts, so that different keys often fall together; large ones are beyond what 32 bits hold. */
const part = fc.oneof(
  fc.nat({ max: 8 }),
  fc.nat({ max: 8 }).map((n) => 2 ** 40 + n),
);
const steps = fc.array(fc.record({ part, forgotten: fc.nat({ max: 3 }) }), { maxLength: 120 });

test('a number is always found by its key until it is forgotten, and never after', () => {
  fc.assert(
    fc.property(steps, (all) => {
      const most = 16;
      const parts: number[] = [];
      let first = 0;
      const keys = createKeyTable({ most, first: () => first, partOf: (number) => parts[number] ?? 0 });
      for (const step of all) {
        first = Math.min(parts.length, first + step.forgotten);
        if (parts.length - first === most) first++;
        keys.add(step.part, parts.push(step.part) - 1);
        for (const [number, known] of parts.entries())
          expect(keys.find(known, (one) => one === number)).toBe(number < first ? -1 : number);
        expect(keys.find(2 ** 45 + 1, () => false)).toBe(-1);
      }
    }),
    { seed: 20_261_128, numRuns: 300 },
  );
});
