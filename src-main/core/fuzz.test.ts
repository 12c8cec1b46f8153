import { describe, expect, test } from 'vitest';
import { allSpecimens, fuzz } from '../testing/hostile/fuzz.ts';

const specimens = allSpecimens();
const rows = Math.ceil(10_000 / specimens.length);

describe('accepted + duplicate + refused + skipped is what a file holds, whatever stands in it', () => {
  test.each(specimens.map((specimen) => [specimen.sample, specimen] as const))(
    '%s',
    async (_name, specimen) => {
      await fuzz(specimen, rows);
      expect(Object.keys(Object.prototype)).toEqual([]);
    },
  );
});
