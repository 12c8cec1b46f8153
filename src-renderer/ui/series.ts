/** Which of the ten series colours a name wears; null means the hatched grey of "others". */
export type Slot = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10;

const slotCount = 10;

/**
 * Colours for the names of one view, most important first. Each name has its own colour everywhere (by hash); where
 * two meet in one view, the less important one takes the next free. Names beyond the tenth get none.
 */
export function assignSlots(names: readonly string[]): ReadonlyMap<string, Slot> {
  const taken = new Map<string, Slot>();
  const used = new Set<Slot>();
  for (const name of names) {
    if (taken.has(name) || used.size === slotCount) continue;
    const slot = firstFree(preferredSlot(name), used);
    used.add(slot);
    taken.set(name, slot);
  }
  return taken;
}

/** The colour a name has as long as nobody more important wears it. */
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
