import { expect, test } from 'vitest';
import type { CredentialField, Provider } from '../../platform/provider.ts';
import { testModels, testProvider } from '../../testing/vendors/test-provider.ts';
import { missingFor, reportsOf } from './reports.ts';

const field = (name: string, more: Partial<CredentialField>): CredentialField => ({
  ...{ name, label: name, kind: 'text', secret: false, required: false, help: '', neededFor: ['models'] },
  ...more,
});

function missing(changes: Partial<Provider>, given: readonly string[]): readonly string[] {
  const provider = testProvider({ models: testModels, costs: [], ...changes });
  const report = reportsOf(provider).find(({ id }) => id === 'models');
  return report === undefined ? ['no report'] : missingFor(report, (name) => given.includes(name));
}

test('an optional field that models can be narrowed by keeps nobody from reading them', () => {
  const fields = [field('apiKey', { secret: true }), field('organisationId', {})];
  expect(missing({ fields }, ['apiKey'])).toEqual([]);
  expect(missing({ fields }, ['organisationId'])).toEqual(['apiKey']);
});

test('where one of several keys is enough, or a plain field is needed as well, the provider says so', () => {
  const fields = [field('apiKey', { secret: true }), field('teamId', {})];
  expect(missing({ fields, needs: { models: [] } }, [])).toEqual([]);
  expect(missing({ fields, needs: { models: ['apiKey', 'teamId'] } }, ['apiKey'])).toEqual(['teamId']);
});
