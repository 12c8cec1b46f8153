import { describe, expect, it } from 'vitest';
import { connectionOf } from '../../ui/connection.fixture.ts';
import { draftOf, type FormDraft, fieldKey, readDraft } from './connection-draft.ts';
import { fieldOf, providerOf } from './provider.fixture.ts';

const key = fieldKey('apiKey');
const secretOf = (field: string) => ({
  ...{ field, endsWith: 'abcd', origin: 'https://llm.example.com', savedAt: 0, isSessionOnly: false },
});
const own = providerOf({
  ...{ kind: 'gateway', baseUrl: null, hasOwnBase: true },
  fields: [fieldOf({ required: true }), fieldOf({ name: 'region', label: 'Region', secret: false })],
});
const kept = connectionOf({
  ...{ baseUrl: 'https://llm.example.com/v1', fields: { region: 'eu' }, secrets: [secretOf('apiKey')] },
});

function read(given: FormDraft, provider = providerOf(), connection: typeof kept | null = null) {
  return readDraft(provider, connection)({ ...draftOf(provider, connection), ...given });
}
const problemsOf = (result: ReturnType<typeof read>) => ('problems' in result ? result.problems : {});

describe('a new connection', () => {
  it('leaves out what was left blank, and trims what was pasted', () => {
    expect(read({ [key]: ' fake-key \n' })).toEqual({
      value: {
        ...{ provider: 'acme', fields: {}, secrets: { apiKey: 'fake-key' } },
        ...{ requestsPerMinute: null, tokensPerMinute: null },
      },
    });
  });

  it('wants one key of a vendor even where each is optional', () => {
    expect(problemsOf(read({}))).toEqual({ [key]: 'Give at least one of the keys.' });
    expect(problemsOf(read({ [fieldKey('adminKey')]: 'x' }))).toEqual({});
  });

  it('asks no key of a server on this machine', () => {
    expect(problemsOf(read({}, providerOf({ kind: 'local', hasOwnBase: true })))).toEqual({});
  });

  it('asks for a price only where there is one, and sends none that is no longer asked for', () => {
    const mode = fieldOf({ name: 'mode', label: 'What it costs', kind: 'choice', secret: false });
    const price = fieldOf({
      ...{ name: 'price', label: 'Price', kind: 'number', secret: false },
      onlyWhen: { field: 'mode', is: 'token' },
    });
    const server = providerOf({ kind: 'local', fields: [mode, price] });
    const priced = { [fieldKey('mode')]: 'token', [fieldKey('price')]: '2' };
    expect(read(priced, server)).toMatchObject({ value: { fields: { mode: 'token', price: '2' } } });
    expect(problemsOf(read({ ...priced, [fieldKey('price')]: 'two' }, server))).toHaveProperty([
      fieldKey('price'),
    ]);
    const free = { [fieldKey('mode')]: 'free', [fieldKey('price')]: 'two' };
    expect(read(free, server)).toMatchObject({ value: { fields: { mode: 'free' } } });
    const before = connectionOf({ fields: { mode: 'token', price: '2' } });
    expect(read({ ...free, [fieldKey('price')]: '2' }, server, before)).toMatchObject({
      value: { fields: { mode: 'free', price: '' } },
    });
  });

  it('takes an account that is there, or leaves the choice to the core', () => {
    expect(read({ [key]: 'x', account: '7' })).toMatchObject({ value: { accountId: 7 } });
    expect(read({ [key]: 'x', account: 'usual' })).not.toHaveProperty('value.accountId');
  });

  it('refuses addresses that are none, and ones with a password in them', () => {
    const problem = (baseUrl: string) => problemsOf(read({ [key]: 'x', baseUrl }, own)).baseUrl;
    expect(problem('')).toContain('Give the address');
    expect(problem('llm.example.com')).toContain('https://');
    expect(problem('ftp://llm.example.com')).toContain('https://');
    expect(problem('https://me:secret@llm.example.com')).toContain('password');
    expect(problem('https://llm.example.com/v1')).toBeUndefined();
  });

  it('lets a key go over plain http only on the user’s own network', () => {
    const given = { [key]: 'x', baseUrl: 'http://127.0.0.1:8080/v1' };
    expect(problemsOf(read(given, own)).baseUrl).toContain('say so');
    expect(read({ ...given, isLocal: 'yes' }, own)).toMatchObject({ value: { isLocal: true } });
  });

  it('reads limits as whole numbers, with or without grouping', () => {
    expect(read({ [key]: 'x', tokensPerMinute: '40,000' })).toMatchObject({
      value: { tokensPerMinute: 40_000 },
    });
    for (const wrong of ['0', '-1', '1.5', 'many'])
      expect(problemsOf(read({ [key]: 'x', requestsPerMinute: wrong }))).toHaveProperty('requestsPerMinute');
  });

  it('says so at once when a pasted document is cut off', () => {
    const provider = providerOf({ fields: [fieldOf({ kind: 'json' })] });
    expect(problemsOf(read({ [key]: '{"type":"service' }, provider))[key]).toContain('whole file');
    expect(problemsOf(read({ [key]: '{"type":"service_account"}' }, provider))).toEqual({});
  });
});

it('takes a gateway whose usual address is on this machine for a local server', () => {
  const gateway = providerOf({ kind: 'gateway', baseUrl: 'http://localhost:4000', hasOwnBase: true });
  expect(draftOf(gateway, null).isLocal).toBe('yes');
  expect(draftOf(own, null).isLocal).toBe('');
});

describe('a connection that is there', () => {
  it('keeps its key when the field stays blank: the core never sends one to fill it with', () => {
    expect(draftOf(own, kept)[key]).toBe('');
    expect(read({}, own, kept)).toMatchObject({
      value: { id: 1, secrets: {}, fields: { region: 'eu' }, baseUrl: 'https://llm.example.com/v1' },
    });
  });

  it('takes away a text that was emptied', () => {
    expect(read({ [fieldKey('region')]: '' }, own, kept)).toMatchObject({
      value: { fields: { region: '' } },
    });
  });

  it('wants the key again for another origin, but not for another path of the same', () => {
    expect(problemsOf(read({ baseUrl: 'https://other.example.com/v1' }, own, kept))[key]).toContain('again');
    expect(problemsOf(read({ baseUrl: 'https://llm.example.com/v2' }, own, kept))).toEqual({});
    expect(problemsOf(read({ baseUrl: 'https://other.example.com', [key]: 'x' }, own, kept))).toEqual({});
  });
});
