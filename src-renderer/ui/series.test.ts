import fc from 'fast-check';
import { expect, it } from 'vitest';
import { assignSlots, preferredSlot } from './series.ts';

const names = fc.uniqueArray(fc.string({ minLength: 1 }), { maxLength: 14 });

it('never gives one colour to two names of a view', () => {
  fc.assert(
    fc.property(names, (list) => {
      const slots = [...assignSlots(list).values()];
      expect(new Set(slots).size).toBe(slots.length);
      expect(slots.length).toBe(Math.min(10, list.length));
    }),
  );
});

it('lets the most important name keep its own colour in every view', () => {
  fc.assert(
    fc.property(names, (list) => {
      const first = list[0];
      if (first !== undefined) expect(assignSlots(list).get(first)).toBe(preferredSlot(first));
    }),
  );
});
