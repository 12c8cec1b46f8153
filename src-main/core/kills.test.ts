import { expect, test } from 'vitest';
import { killedKinds, runKills } from '../testing/faults/kills.ts';

const kills = 200;

test('200 hosts killed at random points: what was answered is there to the cent, all else is there as a whole or not at all', async () => {
  const report = await runKills({ kills, seed: 20_261_120, lanes: 2 });
  const counts = killedKinds.map((kind) => report[kind].kills);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(kills);
  expect(Math.min(...counts)).toBeGreaterThanOrEqual(Math.floor(kills / killedKinds.length));
}, 600_000);
