import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UsageError } from './failure.ts';
import {
  readDate,
  readId,
  readKeys,
  readPairs,
  readPort,
  readRange,
  readUsd,
  readZone,
  splitList,
} from './options.ts';

describe('option values', () => {
  it.each(['2026-02-30', '2026-7-1', '01/07/2026', 'today', ''])('refuse %j as a date', (text) => {
    expect(() => readDate(text, '--from')).toThrow(UsageError);
  });

  it('refuse a range that ends before it starts, and keep one of a single day', () => {
    expect(() => readRange({ from: '2026-07-02', to: '2026-07-01' })).toThrow('--from 2026-07-02 is after');
    expect(readRange({ from: '2026-07-01', to: '2026-07-01' })).toEqual({
      from: '2026-07-01',
      to: '2026-07-01',
    });
    expect(readRange({})).toEqual({});
  });

  it('know IANA zones, half-hour ones too, and nothing else', () => {
    expect(readZone('Asia/Kolkata', '--tz')).toBe('Asia/Kolkata');
    expect(() => readZone('Mars/Olympus', '--tz')).toThrow(UsageError);
  });

  it('keep report keys in order, once each', () => {
    expect(readKeys('model, day,model')).toEqual(['model', 'day']);
    expect(readKeys('')).toEqual([]);
    expect(() => readKeys('day,modle')).toThrow('--by modle is not known');
  });

  it.each(['0', '-1', '1.5', '1e3', 'x', '#'])('refuse %j as a number of an import', (text) => {
    expect(() => readId(text, 'an import')).toThrow(UsageError);
  });

  it('read ports at their bounds', () => {
    expect([readPort('0'), readPort('65535')]).toEqual([0, 65_535]);
    for (const text of ['65536', '-1', '80a', '']) expect(() => readPort(text)).toThrow(UsageError);
  });

  it('read any USD amount exactly: no float ever rounds it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 999_999 }),
        fc.integer({ min: 0, max: 999_999_999 }),
        (dollars, nano) => {
          expect(readUsd(`${dollars}.${String(nano).padStart(9, '0')}`, '--fee')).toBe(dollars * 1e9 + nano);
        },
      ),
    );
    for (const text of ['-5', '1,000', '1e3', '0.0000000001', 'NaN']) {
      expect(() => readUsd(text, '--fee')).toThrow(UsageError);
    }
  });

  it('keep commas and quotes of column names', () => {
    expect(readPairs('date=Day,cost="Cost, USD",model="a ""b"""', '--map')).toEqual({
      date: 'Day',
      cost: 'Cost, USD',
      model: 'a "b"',
    });
    expect(() => readPairs('date', '--map')).toThrow('"date" is none');
    expect(splitList('a, "b,c",,d')).toEqual(['a', 'b,c', 'd']);
  });
});
