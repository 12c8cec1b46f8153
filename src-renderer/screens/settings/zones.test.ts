import { expect, it } from 'vitest';
import { findZones, zoneChoices } from './zones.ts';

const winter = Date.parse('2026-11-20T12:00:00Z');
const choices = zoneChoices(['America/Buenos_Aires', 'Asia/Calcutta', 'Europe/Berlin', 'UTC'], winter);

it('states the offset in force now: half hours, and daylight saving only in summer', () => {
  expect(choices.map((choice) => choice.offset)).toEqual([
    'UTC+00:00',
    'UTC-03:00',
    'UTC+05:30',
    'UTC+01:00',
  ]);
  expect(zoneChoices(['Europe/Berlin'], Date.parse('2026-07-01T12:00:00Z'))[0]?.offset).toBe('UTC+02:00');
});

it('finds a zone by any words of its name, written with spaces, slashes or underscores', () => {
  for (const query of ['buenos aires', 'argentina/buenos_aires', 'AIRES america']) {
    expect(findZones(choices, query).map((choice) => choice.zone)).toEqual([
      'America/Argentina/Buenos_Aires',
    ]);
  }
});

it('offers the present name of a zone that machines still list under its old one, and finds it by both', () => {
  for (const query of ['kolkata', 'calcutta']) {
    expect(findZones(choices, query).map((choice) => choice.zone)).toEqual(['Asia/Kolkata']);
  }
});

it('knows only new names the running machine accepts', () => {
  const all = zoneChoices(Intl.supportedValuesOf('timeZone'), winter);
  expect(new Set(all.map((choice) => choice.zone)).size).toBe(all.length);
  expect(all.filter((choice) => choice.also !== '').length).toBeGreaterThan(10);
});

it('finds a zone by its offset, and all of them with an empty query', () => {
  expect(findZones(choices, '+05:30').map((choice) => choice.zone)).toEqual(['Asia/Kolkata']);
  expect(findZones(choices, ' ')).toHaveLength(4);
});
