import fc from 'fast-check';
import { expect, it } from 'vitest';
import { assignSlots, homeSlots, preferredSlot } from './series.ts';

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

it('keeps the colours of up to ten known names whatever a view shows and in which order', () => {
  const known = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 10 });
  fc.assert(
    fc.property(known, fc.infiniteStream(fc.boolean()), (list, coins) => {
      const home = homeSlots(list);
      const view = [...list].reverse().filter(() => coins.next().value);
      for (const [name, slot] of assignSlots(view, home)) expect(slot).toBe(home(name));
    }),
  );
});
