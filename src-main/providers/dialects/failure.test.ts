import { expect, it } from 'vitest';
import { failureOf } from './failure.ts';

const refusal = (message: string) =>
  failureOf({
    ...{ label: 'Acme', status: 500, headers: new Headers(), secrets: [], now: 0 },
    body: JSON.stringify({ error: { message } }),
  }).message;

it('quotes the vendor so that what to do stands in a sentence of its own', () => {
  expect(refusal('upstream is down')).toBe(
    'Acme has trouble of its own (500). It said: "upstream is down". Try again later.',
  );
  expect(refusal('Upstream is down.')).toBe(
    'Acme has trouble of its own (500). It said: "Upstream is down." Try again later.',
  );
});
