import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answer, assignRole, missingIn, roleOf, roles, samplesOf, startDraft } from './mapping-draft.ts';
import { unknownPreview as preview } from './testing/previews.ts';

describe('the column mapper', () => {
  it('keeps one column per role and one role per column, whatever is chosen in which order', () => {
    const step = fc.record({
      column: fc.constantFrom(...preview.header),
      role: fc.constantFrom(null, ...roles.map(({ role }) => role)),
    });
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const draft = steps.reduce((d, { column, role }) => assignRole(d, column, role), startDraft(preview));
        const used = Object.values(draft.mapping.columns).filter((name) => name !== '');
        expect(new Set(used).size).toBe(used.length);
        const last = steps.at(-1);
        if (last) expect(roleOf(draft.mapping, last.column)).toBe(last.role);
      }),
    );
  });

  it('asks for what the sample left open and for something to count', () => {
    const start = startDraft(preview);
    expect(missingIn(start)).toEqual([
      'Choose a column with money, tokens or requests.',
      'Choose how dates are written.',
      'Name the provider.',
    ]);
    const done = answer(answer(assignRole(start, 'Euro', 'cost'), 'dateFormat', 'dmy'), 'provider', 'acme');
    expect(missingIn(done)).toEqual([]);
  });

  it('notices when the date column was given away', () => {
    const draft = assignRole(startDraft(preview), 'When', 'project');
    expect(missingIn(draft)[0]).toBe('Choose the column with the date.');
  });

  it('shows different values of a column, not the same one three times', () => {
    expect(samplesOf(preview, 'Tag')).toEqual(['a', 'b']);
    expect(samplesOf(preview, 'Note')).toEqual(['late']);
  });
});
