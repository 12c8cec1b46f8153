import { expect, test } from 'vitest';
import { modelNames, nameProblems, withName, withoutName } from './model-names.ts';

const smart = { smart: { acme: 'acme-large', gate: 'acme/large' } };

test('a name keeps its models at other vendors when one is added, changed or taken away', () => {
  const added = withName(smart, { name: 'smart', provider: 'cloud', model: 'large-v1' });
  expect(modelNames(added).map(({ provider }) => provider)).toEqual(['acme', 'cloud', 'gate']);
  const changed = withName(smart, { name: 'smart', provider: 'gate', model: 'acme/larger' });
  expect(changed.smart).toEqual({ acme: 'acme-large', gate: 'acme/larger' });
  const [first, second] = modelNames(smart);
  expect(first && withoutName(smart, first)).toEqual({ smart: { gate: 'acme/large' } });
  expect(second && first && withoutName(withoutName(smart, first), second)).toEqual({});
});

test('a name with a slash is refused: it would be read as a provider', () => {
  expect(nameProblems({ name: 'my/model', provider: 'acme', model: 'm' })).toHaveProperty('name');
  expect(nameProblems({ name: 'mine', provider: 'acme', model: 'm' })).toEqual({});
  expect(Object.keys(nameProblems({ name: ' ', provider: '', model: '' }))).toEqual([
    'name',
    'provider',
    'model',
  ]);
});
