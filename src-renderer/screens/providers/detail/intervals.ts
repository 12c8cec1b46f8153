import { everyWords } from '../capability-words.ts';

const offered = [15, 30, 60, 180, 360, 720, 1440, 10_080];

/** How often a report can be read, with the present and the usual interval always among the choices. */
export function intervalChoices(
  now: number,
  usual: number | null,
): readonly { readonly value: string; readonly label: string }[] {
  const minutes = [...new Set([...offered, now, ...(usual === null ? [] : [usual])])].sort((a, b) => a - b);
  return minutes.map((one) => ({
    value: String(one),
    label: one === usual ? `${everyWords(one)} (usual)` : everyWords(one),
  }));
}

/** What `connections.setInterval` takes for a choice: null goes back to the usual, should that ever change. */
export function intervalOf(value: string, usual: number | null): number | null {
  const minutes = Number(value);
  return minutes === usual ? null : minutes;
}
