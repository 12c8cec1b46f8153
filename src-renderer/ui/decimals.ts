/** Digits behind the decimal point of an amount as it is shown; 0 where there is no point. */
export function placesIn(text: string): number {
  return /\.(\d+)\D*$/.exec(text)?.[1]?.length ?? 0;
}

/** Most places of amounts that stand in one column. */
export function mostPlaces(texts: readonly string[]): number {
  return texts.reduce((most, text) => Math.max(most, placesIn(text)), 0);
}

/** What an amount lacks to end where the longest of its column does: drawn unseen, so that the points stand in line. */
export function missingTail(text: string, places: number): string {
  const own = placesIn(text);
  if (own >= places) return '';
  return (own === 0 ? '.' : '') + '0'.repeat(places - own);
}
