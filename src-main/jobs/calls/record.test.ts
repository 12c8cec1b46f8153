import { expect, test } from 'vitest';
import type { CallUsage } from '../../platform/provider.ts';
import { noTokens } from '../../platform/record.ts';
import { type MadeCall, recordOf } from './record.ts';

const usage: CallUsage = { tokens: { ...noTokens, input: 100, output: 1 } };

const call = (more: Partial<MadeCall> = {}): MadeCall => ({
  id: 'call-1',
  at: Date.UTC(2026, 10, 28),
  vendor: 'acme',
  request: { model: 'acme-large', messages: [{ role: 'user', content: 'a question of ours' }] },
  served: 'acme-large',
  vendorCallId: 'msg_1',
  usage,
  written: '',
  status: 'ok',
  project: null,
  ...more,
});

test('evidence follows what the reply states: its cost, its tokens, or nothing', () => {
  const cost = { value: '0.0012', currency: 'USD' };
  expect(recordOf(call({ usage: { ...usage, cost } }))).toMatchObject({ evidence: 'metered', amount: cost });
  expect(recordOf(call({ usage: { ...usage, cost, costEvidence: 'estimated' } })).evidence).toBe('estimated');
  const priced = recordOf(call());
  expect(priced.evidence).toBe('recorded');
  expect(priced).not.toHaveProperty('amount');
});

test('no usage seen is an estimate and says so; a stated zero stays zero', () => {
  const unseen = recordOf(call({ usage: null, written: 'x'.repeat(400) }));
  expect(unseen).toMatchObject({ evidence: 'estimated', tokens: { output: 100 } });
  expect(unseen.extras).toEqual({ usage: 'not stated by the vendor' });
  const zero = recordOf(call({ usage: { tokens: noTokens }, written: 'x'.repeat(400) }));
  expect(zero).toMatchObject({ evidence: 'recorded', tokens: { output: 0 } });
});

test('a call that told nothing costs what the user said such calls cost', () => {
  const free = { value: '0', currency: 'USD' };
  expect(recordOf(call({ usage: null, ownCost: () => free }))).toMatchObject({
    evidence: 'estimated',
    amount: free,
  });
  expect(recordOf(call({ usage: null, ownCost: () => null }))).not.toHaveProperty('amount');
  // What the vendor told stands.
  expect(recordOf(call({ ownCost: () => free }))).not.toHaveProperty('amount');
});

test('a cut stream costs at least what was written, whatever its first counters said', () => {
  const cut = recordOf(call({ status: 'cancelled', written: 'x'.repeat(400) }));
  expect(cut).toMatchObject({
    status: 'cancelled',
    evidence: 'estimated',
    tokens: { input: 100, output: 100 },
  });
  const short = recordOf(call({ status: 'incomplete', written: '' }));
  expect(short).toMatchObject({ status: 'incomplete', tokens: { output: 1 } });
});

test('the model that served is priced, the one asked for is kept, and no word of the texts is', () => {
  const record = recordOf(call({ served: 'acme-large-2026-11-01', written: 'an answer of theirs' }));
  expect(record).toMatchObject({ model: 'acme-large-2026-11-01', extras: { requestedModel: 'acme-large' } });
  expect(JSON.stringify(record)).not.toMatch(/question|answer/);
});
