import { describe, expect, it } from 'vitest';
import { accountDraftOf, newAccountDraft, readAccountDraft } from './account-draft.ts';

const today = '2026-11-20';
const plan = {
  ...newAccountDraft(today),
  name: ' Claude Max ',
  kind: 'plan',
  provider: 'Anthropic',
} as const;

describe('readAccountDraft', () => {
  it('reads a plan with its fee to the nano-USD', () => {
    expect(readAccountDraft({ ...plan, amount: '$100.10', start: '2026-03-31' })).toEqual({
      value: {
        name: 'Claude Max',
        kind: 'plan',
        provider: 'anthropic',
        fee: { nanoUsd: 100_100_000_000, cycle: 'month', start: '2026-03-31', end: null },
      },
    });
  });

  it('takes a blank fee as unknown, not as zero', () => {
    expect(readAccountDraft(plan)).toMatchObject({ value: { fee: null } });
    expect(readAccountDraft({ ...plan, amount: '0' })).toMatchObject({ value: { fee: { nanoUsd: 0 } } });
  });

  it('drops a fee typed before the kind was changed to api, because only a plan has one', () => {
    expect(readAccountDraft({ ...plan, kind: 'api', amount: '20', end: 'x' })).toMatchObject({
      value: { fee: null },
    });
  });

  it('names each wrong field', () => {
    const read = readAccountDraft({ ...plan, name: '  ', amount: '12,50', end: '2026-01-01' });
    expect('problems' in read && Object.keys(read.problems)).toEqual(['name', 'amount', 'end']);
  });
});

it('opens a saved account so that saving it again changes nothing', () => {
  const fee = { nanoUsd: 20_000_000_001, cycle: 'year', start: '2025-02-28', end: '2026-12-31' } as const;
  const account = { id: 1, name: 'A', kind: 'plan', provider: 'openai', fee, assumed: true } as const;
  const rest = { sources: 0, records: 0, cashNanoUsd: 0, equivalentNanoUsd: 0 };
  const read = readAccountDraft(accountDraftOf({ ...account, ...rest }, today));
  expect(read).toEqual({ value: { name: 'A', kind: 'plan', provider: 'openai', fee } });
});
