import { expect, it } from 'vitest';
import { fieldGroups } from './field-groups.ts';
import { fieldOf, providerOf, reportInfoOf } from './provider.fixture.ts';

it('puts what everything needs first, and together what is needed for the same', () => {
  const fields = [
    fieldOf({ name: 'adminKey', neededFor: ['costs'] }),
    fieldOf({ name: 'region' }),
    fieldOf({ name: 'apiKey', neededFor: ['models', 'calls'] }),
    fieldOf({ name: 'organisation', neededFor: ['calls', 'models'] }),
  ];
  const groups = fieldGroups(providerOf({ fields }));
  expect(groups.map((group) => group.fields.map(({ name }) => name))).toEqual([
    ['region'],
    ['adminKey'],
    ['apiKey', 'organisation'],
  ]);
});

it('promises of a field only the reports that need it', () => {
  const fields = [fieldOf({ name: 'a', neededFor: ['costs'] })];
  const reports = [
    reportInfoOf({ needs: ['a'], lookBackDays: 30 }),
    reportInfoOf({ needs: ['b'], lookBackDays: 365, evidence: 'recorded' }),
  ];
  const [group] = fieldGroups({ fields, reports });
  expect(group).toMatchObject({ title: 'For the bill' });
  expect(group?.brings).toContain('30 days');
});
