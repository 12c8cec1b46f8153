import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  answer,
  assignRole,
  isGuessing,
  missingIn,
  reguess,
  roleOf,
  roles,
  samplesOf,
  startDraft,
} from './mapping-draft.ts';
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

  describe('looks at the cells of other columns', () => {
    const said = {
      dateFormat: 'iso',
      zone: 'UTC',
      decimal: '.',
      inputIncludesCache: true,
      currency: 'USD',
    } as const;
    const start = startDraft(preview);

    it('and takes how they are written, closing or opening the question', () => {
      const moved = assignRole(start, 'Tag', 'date');
      expect(isGuessing(moved)).toBe(true);
      const done = reguess(moved, { ...said, open: [] });
      expect(isGuessing(done)).toBe(false);
      expect(done.mapping.dateFormat).toBe('iso');
      expect(done.open).not.toContain('dateFormat');
      const back = reguess(assignRole(done, 'When', 'date'), {
        ...said,
        dateFormat: 'dmy',
        open: ['dateFormat'],
      });
      expect(missingIn(back)).toContain('Choose how dates are written.');
    });

    it('and leaves alone what these columns do not tell', () => {
      const done = reguess(assignRole(start, 'Note', 'project'), { ...said, open: [] });
      expect(done.mapping).toMatchObject({ dateFormat: 'dmy', decimal: ',', currency: 'EUR' });
      expect(done.open).toEqual(['dateFormat']);
    });

    it('and keeps an earlier answer only where the cells leave it open', () => {
      const told = answer(start, 'decimal', ',');
      const cost = assignRole(told, 'Euro', 'cost');
      expect(reguess(cost, { ...said, open: ['decimal'] }).mapping.decimal).toBe(',');
      expect(missingIn(reguess(cost, { ...said, open: ['decimal'] }))).not.toContain(
        'Choose the decimal sign.',
      );
      expect(reguess(cost, { ...said, open: [] }).mapping.decimal).toBe('.');
    });
  });
});
