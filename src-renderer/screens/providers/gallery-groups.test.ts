import { expect, it } from 'vitest';
import { galleryGroups } from './gallery-groups.ts';
import { providerOf } from './provider.fixture.ts';

const providers = [
  providerOf({ id: 'router', label: 'Router', kind: 'gateway', offers: ['balance', 'calls'] }),
  providerOf(),
  providerOf({ id: 'x-ai', label: 'xAI', vendor: 'x-ai', offers: ['calls'] }),
];
const shown = (typed: string) =>
  galleryGroups(providers, typed).map((group) => [group.title, ...group.providers.map(({ id }) => id)]);

it('groups by kind, and leaves out groups with nothing in them', () => {
  expect(shown('')).toEqual([
    ['Vendors', 'acme', 'x-ai'],
    ['Gateways', 'router'],
  ]);
});

it('finds by name and by what is offered; every word counts', () => {
  expect(shown(' XAI ')).toEqual([['Vendors', 'x-ai']]);
  expect(shown('balance')).toEqual([['Gateways', 'router']]);
  expect(shown('balance xai')).toEqual([]);
});
