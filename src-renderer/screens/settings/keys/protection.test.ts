import { expect, it } from 'vitest';
import { protectionOf } from './protection.ts';

it('tells locked from protected, and trouble from waiting for a passphrase', () => {
  const base = { protection: 'passphrase', isLocked: false, trouble: null } as const;
  expect(protectionOf(base)).toEqual({ label: 'Protected by a passphrase', tone: 'good' });
  expect(protectionOf({ ...base, isLocked: true })).toEqual({ label: 'Locked', tone: 'warn' });
  expect(protectionOf({ ...base, isLocked: true, trouble: 'No keyring.' }).tone).toBe('over');
  expect(protectionOf({ ...base, protection: 'session' }).tone).toBe('warn');
});
