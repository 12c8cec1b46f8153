/** Records are fetched in pages of this many rows: about four screens. */
export const pageSize = 200;

/** Indices of the pages that hold rows `first` to `last` (inclusive), clipped to `total` rows. */
export function pagesFor(first: number, last: number, total: number): readonly number[] {
  if (total === 0) return [0];
  const from = Math.floor(Math.max(first, 0) / pageSize);
  const to = Math.floor(Math.min(Math.max(last, 0), total - 1) / pageSize);
  return Array.from({ length: Math.max(to - from + 1, 0) }, (_, index) => from + index);
}

/** Where row `index` is: its page and its place in it. */
export function placeOf(index: number): { readonly page: number; readonly at: number } {
  return { page: Math.floor(index / pageSize), at: index % pageSize };
}

/** The row a key moves the focus to, or null where the key does not move it. */
export function moveTo(key: string, index: number, total: number, screenful: number): number | null {
  const to = targetOf(key, index, total, screenful);
  return to === null || total === 0 ? null : Math.min(Math.max(to, 0), total - 1);
}

function targetOf(key: string, index: number, total: number, screenful: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return index + 1;
    case 'ArrowUp':
      return index - 1;
    case 'PageDown':
      return index + screenful;
    case 'PageUp':
      return index - screenful;
    case 'Home':
      return 0;
    case 'End':
      return total - 1;
    default:
      return null;
  }
}
