/** One choice of the zone list: IANA name, what to show, and its offset from UTC at the given moment. */
export interface ZoneChoice {
  readonly zone: string;
  /** `Europe/Berlin` reads `Europe / Berlin`, `America/Argentina/Buenos_Aires` reads `America / Argentina / Buenos Aires`. */
  readonly label: string;
  /** An older name it is found by, or blank. */
  readonly also: string;
  /** `UTC+05:30`. */
  readonly offset: string;
}

/** Choices by name. Browsers and Node still list some zones under names the IANA database has replaced. */
export function zoneChoices(zones: readonly string[], nowMs: number): readonly ZoneChoice[] {
  return zones
    .map((listed) => ({ listed, zone: renamed[listed] ?? listed }))
    .map(({ listed, zone }) => ({
      zone,
      label: labelOf(zone),
      also: listed === zone ? '' : labelOf(listed),
      offset: offsetOf(zone, nowMs),
    }))
    .toSorted(
      (a, b) => Number(b.zone === 'UTC') - Number(a.zone === 'UTC') || a.label.localeCompare(b.label),
    );
}

/** Old name to present one (IANA `backward` file, 2026). */
const renamed: Readonly<Record<string, string>> = {
  'Africa/Asmera': 'Africa/Asmara',
  'America/Buenos_Aires': 'America/Argentina/Buenos_Aires',
  'America/Catamarca': 'America/Argentina/Catamarca',
  'America/Coral_Harbour': 'America/Atikokan',
  'America/Cordoba': 'America/Argentina/Cordoba',
  'America/Godthab': 'America/Nuuk',
  'America/Indianapolis': 'America/Indiana/Indianapolis',
  'America/Jujuy': 'America/Argentina/Jujuy',
  'America/Louisville': 'America/Kentucky/Louisville',
  'America/Mendoza': 'America/Argentina/Mendoza',
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'Europe/Kiev': 'Europe/Kyiv',
  'Pacific/Enderbury': 'Pacific/Kanton',
  'Pacific/Ponape': 'Pacific/Pohnpei',
  'Pacific/Truk': 'Pacific/Chuuk',
};

/** Choices whose name or offset holds every word of the query, in any order and case. */
export function findZones(choices: readonly ZoneChoice[], query: string): readonly ZoneChoice[] {
  const words = query
    .toLowerCase()
    .split(/[\s/_]+/)
    .filter((word) => word !== '');
  return choices.filter(({ label, also, offset }) => {
    const text = `${label} ${also} ${offset}`.toLowerCase();
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
