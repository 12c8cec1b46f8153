import { describe, expect, it } from 'vitest';
import { AppError } from '../../platform/error.ts';
import { checkOf, checkSecret, unknownCheck } from './check.ts';

const refuse = (code: AppError['code']) => async (): Promise<string> => {
  throw new AppError(code, `it said ${code}`);
};

describe('checkOf', () => {
  it('says the same of everything the answer speaks for', async () => {
    expect(await checkOf(['calls', 'models'], async () => 'Fine.')).toEqual([
      { capability: 'calls', state: 'ok', message: 'Fine.' },
      { capability: 'models', state: 'ok', message: 'Fine.' },
    ]);
  });

  it.each([
    'INVALID_KEY',
    'INSUFFICIENT_SCOPE',
    'NOT_ENABLED',
    'OUT_OF_CREDIT',
    'NO_KEY',
    'BAD_INPUT',
  ] as const)('takes %s for a verdict on the credential', async (code) => {
    expect(await checkOf(['costs'], refuse(code))).toEqual([
      { capability: 'costs', state: 'failed', message: `it said ${code}` },
    ]);
  });

  // A vendor that is down says nothing of the key: "failed" would send people to make a new one.
  it.each(['NETWORK', 'OVERLOADED', 'RATE_LIMITED', 'BAD_RESPONSE', 'CANCELLED'] as const)(
    'takes %s for none, and passes it on',
    async (code) => {
      await expect(checkOf(['costs'], refuse(code))).rejects.toMatchObject({ code });
    },
  );

  // A test of a connection with an API key alone must not say that its admin key failed.
  it('asks only with a secret that is there', async () => {
    const context = { secret: async (name: string) => (name === 'apiKey' ? 'fake' : ' ') };
    const ask = (secret: string) => checkSecret(context, { secret, serves: ['costs'] }, async () => 'Fine.');
    expect(await ask('apiKey')).toHaveLength(1);
    expect(await ask('adminKey')).toEqual([]);
  });

  it('tells what is not known from what failed', () => {
    expect(unknownCheck('calls', 'Not known.')).toEqual({
      capability: 'calls',
      state: 'unknown',
      message: 'Not known.',
    });
  });
});
