import { expect, it } from 'vitest';
import { everyWords, list, offerWords, unlockWords } from './capability-words.ts';
import { reportInfoOf } from './provider.fixture.ts';

it('promises a bill only where a report states one', () => {
  const offers = ['calls', 'models', 'costs', 'balance'] as const;
  expect(offerWords({ offers: [...offers], reports: [reportInfoOf()] })).toBe('Bill, balance, models, calls');
  const usage = reportInfoOf({ evidence: 'recorded' });
  expect(offerWords({ offers: ['costs'], reports: [usage] })).toBe('Usage');
  expect(offerWords({ offers: ['costs', 'calls'], reports: [reportInfoOf(), usage] })).toBe(
    'Bill, usage, calls',
  );
  expect(offerWords({ offers: ['calls'], reports: [] })).toBe('Calls');
});

it('says what a field unlocks, how often that is read and how far back', () => {
  expect(unlockWords(['costs'], [reportInfoOf()])).toEqual({
    title: 'For the bill',
    brings: 'Reads what was billed, every hour, up to 90 days back.',
  });
  expect(unlockWords(['models', 'calls'], []).title).toBe('For models and calls');
  expect(unlockWords([], []).title).toBe('To connect');
});

it('puts intervals as people say them', () => {
  expect([15, 60, 360, 1440, 2880].map(everyWords)).toEqual([
    ...['every 15 minutes', 'every hour', 'every 6 hours', 'once a day', 'every 2 days'],
  ]);
});

it('joins words', () => {
  expect([list([]), list(['a']), list(['a', 'b', 'c'])]).toEqual(['', 'a', 'a, b and c']);
});
