import { expect, test } from 'vitest';
import { outcomeOf, prettyBody } from './pretty.ts';

test('JSON is indented; an event stream and a beginning that was cut stay as they are', () => {
  expect(prettyBody('{"a":1}')).toBe('{\n  "a": 1\n}');
  expect(prettyBody('data: {"a":1}\n\n')).toBe('data: {"a":1}\n\n');
  expect(prettyBody('{"a":')).toBe('{"a":');
});

test('an answer that broke off is no good one, whatever its status', () => {
  expect(outcomeOf({ status: 200, error: null })).toEqual({ text: '200', tone: 'good' });
  expect(outcomeOf({ status: 429, error: null }).tone).toBe('warn');
  expect(outcomeOf({ status: 200, error: 'terminated' })).toEqual({ text: '200, broke off', tone: 'over' });
  expect(outcomeOf({ status: null, error: 'refused' }).text).toBe('No answer');
});
