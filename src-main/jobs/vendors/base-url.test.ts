import { expect, it } from 'vitest';
import { readBase } from './base-url.ts';

const provider = {
  label: 'Proxy',
  kind: 'gateway',
  baseUrl: 'http://localhost:4000',
  hasOwnBase: true,
} as const;

it('reaches a gateway that runs on this machine by its own declaration, without a word from the user', () => {
  expect(readBase(provider, null, undefined)).toEqual({ baseUrl: null, isLocal: true });
  expect(readBase({ ...provider, baseUrl: 'https://api.example.com' }, '', true)).toEqual({
    baseUrl: null,
    isLocal: false,
  });
  expect(readBase({ ...provider, baseUrl: null }, '', true)).toEqual({ baseUrl: null, isLocal: false });
});
