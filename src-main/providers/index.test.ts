import { describe, expect, it } from 'vitest';
import type { Capability, Provider } from '../platform/provider.ts';
import { providers } from './index.ts';

const capabilities: readonly Capability[] = ['calls', 'costs', 'models', 'balance'];

function offers(provider: Provider, capability: Capability): boolean {
  switch (capability) {
    case 'calls':
      return provider.complete !== undefined && provider.stream !== undefined;
    case 'costs':
      return (provider.costs ?? []).length > 0;
    case 'models':
      return provider.models !== undefined;
    case 'balance':
      return provider.balance !== undefined;
  }
}

describe.each(providers.map((provider) => [provider.id, provider] as const))('%s', (id, provider) => {
  it('has an id of its own', () => {
    expect(providers.filter((other) => other.id === id)).toHaveLength(1);
    expect(id).toMatch(/^[a-z0-9-]+$/);
    expect(provider.vendor).toMatch(/^[a-z0-9-]+$/);
  });

  // The app shows one or the other; both or neither would leave a user without a next step.
  it.each(capabilities)('offers %s, or says why not and what to do instead', (capability) => {
    const missing = provider.missing.filter((entry) => entry.capability === capability);
    expect(missing).toHaveLength(offers(provider, capability) ? 0 : 1);
    for (const { why, instead } of missing)
      expect([why, instead].every((text) => /\.$/.test(text))).toBe(true);
  });

  it('names only origins as hosts, over https, and none that any server could have', () => {
    for (const host of provider.hosts) {
      expect(host).toMatch(/^https:\/\/[a-z0-9.*-]+\.[a-z]+$/);
      expect(host).not.toMatch(/^https:\/\/[^.]*\*[^.]*\.[a-z]+$/);
    }
  });

  it('explains every field, and keeps every key in the vault', () => {
    const names = provider.fields.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { name, help, label, kind, choices, secret } of provider.fields) {
      expect(name).toMatch(/^[a-z][a-zA-Z0-9]*$/);
      expect(label.length).toBeGreaterThan(2);
      expect(help).toMatch(/\.$/);
      expect(kind === 'choice').toBe((choices ?? []).length > 0);
      if (/(?:Key|Secret|Token|serviceAccount)$/.test(name)) expect(secret).toBe(true);
    }
  });

  it('has reports that need fields it has, and that can be read in windows', () => {
    const names = new Set(provider.fields.map(({ name }) => name));
    for (const report of provider.costs ?? []) {
      expect(report.needs.filter((need) => !names.has(need))).toEqual([]);
      expect(report.windowDays).toBeGreaterThanOrEqual(1);
      expect(report.lookBackDays).toBeGreaterThanOrEqual(report.trailingDays);
      expect(report.trailingDays).toBeGreaterThanOrEqual(3);
      expect(report.everyMinutes).toBeGreaterThanOrEqual(15);
      expect(report.accuracy).toMatch(/\.$/);
    }
  });
});
