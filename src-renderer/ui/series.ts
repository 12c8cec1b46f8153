/** Which of the ten series colours a name wears; null means the hatched grey of "others". */
export type Slot = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10;

const slotCount = 10;

/** Says which colour a name would like; a view gives it unless somebody more important wears it there. */
export type HomeSlot = (name: string) => Slot;

/**
 * Colours for the names of one view, most important first. Where two would wear the same, the less important one
 * takes the next free. Names beyond the tenth get none.
 */
export function assignSlots(
  names: readonly string[],
  home: HomeSlot = preferredSlot,
): ReadonlyMap<string, Slot> {
  const taken = new Map<string, Slot>();
  const used = new Set<Slot>();
  for (const name of names) {
    if (taken.has(name) || used.size === slotCount) continue;
    const slot = firstFree(home(name), used);
    used.add(slot);
    taken.set(name, slot);
  }
  return taken;
}

/**
 * Home colours of all the names a ledger knows, the same in every view: up to ten names each have a colour of their
 * own, so that no view needs to move one; more than ten share them by hash.
 */
export function homeSlots(known: readonly string[]): HomeSlot {
  const homes = assignSlots([...known].sort());
  return (name) => homes.get(name) ?? preferredSlot(name);
}

/** The colour of a name by its hash alone. */
export function preferredSlot(name: string): Slot {
  let hash = 0x811c9dc5;
  for (const unit of new TextEncoder().encode(name)) hash = Math.imul(hash ^ unit, 0x01000193) >>> 0;
  return toSlot(hash % slotCount);
}

/** The CSS colour of a slot; "others" is drawn hatched and has `--color-other` as its plain form. */
export function slotColour(slot: Slot | null | undefined): string {
  return slot ? `var(--color-series-${slot})` : 'var(--color-other)';
}

function firstFree(wanted: Slot, used: ReadonlySet<Slot>): Slot {
  let slot = wanted;
  while (used.has(slot)) slot = toSlot(slot % slotCount);
  return slot;
}

function toSlot(index: number): Slot {
  // index is 0 to 9 by the modulo of its callers
  return (index + 1) as Slot;
}
