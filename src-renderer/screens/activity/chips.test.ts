import { describe, expect, it } from 'vitest';
import type { Filters } from '../../../src-preload/contract/values.ts';
import { chipsOf, toggle } from './chips.ts';

const names = { import: (id: number): string => `file ${id}` };

const all: Filters = {
  from: '2026-11-01',
  to: '2026-11-20',
  accounts: [1],
  projects: ['atlas'],
  providers: ['openai'],
  models: ['gpt-5.6', ''],
  sources: [3],
  sessions: [''],
  evidence: ['billed'],
  importId: 7,
  unpricedOnly: true,
  countedOnly: true,
  hour: 23,
  weekday: 6,
  search: 'x',
};

describe('filter chips', () => {
  it('name every filter that has no field, also "none stated"', () => {
    expect(chipsOf(all, names).map((chip) => chip.label)).toEqual([
      'Provider: openai',
      'No session stated',
      'Evidence: billed',
      'Sundays, 23:00–00:00',
      'Import: file 7',
      'Unpriced only',
      'Counted only',
    ]);
  });

  it('take away one value each and nothing else; taken away one after the other none is left', () => {
    const oneLess = chipsOf(all, names).find((chip) => chip.key === 'providers:openai')?.without;
    const { providers: _, ...rest } = all;
    expect(oneLess).toEqual(rest);
    let filters = all;
    for (let chip = chipsOf(filters, names)[0]; chip; chip = chipsOf(filters, names)[0])
      filters = chip.without;
    const { from, to, accounts, projects, models, sources, search } = all;
    expect(filters).toEqual({ from, to, accounts, projects, models, sources, search });
  });

  it('toggles a value on and off without leaving an empty list, which would match nothing', () => {
    const on = toggle({}, 'evidence', 'billed');
    expect(on).toEqual({ evidence: ['billed'] });
    expect(toggle(on, 'evidence', 'billed')).toEqual({});
  });
});
