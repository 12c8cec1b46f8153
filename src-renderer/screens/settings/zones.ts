/** One choice of the zone list: IANA name, what to show, and its offset from UTC at the given moment. */
export interface ZoneChoice {
  readonly zone: string;
  /** `Europe/Berlin` reads `Europe / Berlin`, `America/Argentina/Buenos_Aires` reads `America / Argentina / Buenos Aires`. */
  readonly label: string;
  /** `UTC+05:30`. */
  readonly offset: string;
}

export function zoneChoices(zones: readonly string[], nowMs: number): readonly ZoneChoice[] {
  return zones.map((zone) => ({ zone, label: labelOf(zone), offset: offsetOf(zone, nowMs) }));
}

/** Choices whose name or offset holds every word of the query, in any order and case. */
export function findZones(choices: readonly ZoneChoice[], query: string): readonly ZoneChoice[] {
  const words = query
    .toLowerCase()
    .split(/[\s/_]+/)
    .filter((word) => word !== '');
  return choices.filter(({ label, offset }) => {
    const text = `${label} ${offset}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

export function labelOf(zone: string): string {
  return zone.replaceAll('_', ' ').replaceAll('/', ' / ');
}

function offsetOf(zone: string, nowMs: number): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts(
    nowMs,
  );
  const name = parts.find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
  return name === 'GMT' ? 'UTC+00:00' : name.replace('GMT', 'UTC');
}
