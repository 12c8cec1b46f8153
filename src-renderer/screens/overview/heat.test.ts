import { expect, it } from 'vitest';
import { heatGrid, heatStep } from './heat.ts';

const cell = { weekday: 6, hour: 23, requests: 2, cashNanoUsd: 50, equivalentNanoUsd: 900 };

it('keeps a cell at its weekday and hour however the week starts', () => {
  const monday = heatGrid({ cells: [cell], withoutHourNanoUsd: 0 }, 'cash', 'monday');
  const sunday = heatGrid({ cells: [cell], withoutHourNanoUsd: 0 }, 'equivalent', 'sunday');
  expect(monday.rows[6]).toMatchObject({ weekday: 6 });
  expect(monday.rows[6]?.values[23]).toBe(50);
  expect(sunday.rows[0]?.values[23]).toBe(900);
});

it('gives something a step above nothing, and the largest the last', () => {
  expect([0, 1, 499, 1000].map((value) => heatStep(value, 1000))).toEqual([0, 1, 3, 5]);
});
