const farthest = 3;

/** ` Did you mean report?` where one of the names is a slip of the pen away or begins like this, else nothing. */
export function suggestion(word: string, names: readonly string[]): string {
  const [nearest] = names
    .map((name) => ({ name, slips: isStart(word, name) ? 0 : distance(word, name) }))
    .filter(({ name, slips }) => slips <= Math.min(farthest, Math.floor(name.length / 2)))
    .sort((a, b) => a.slips - b.slips);
  return nearest === undefined ? '' : ` Did you mean ${nearest.name}?`;
}

/** `claude` for `claude-code`. */
function isStart(word: string, name: string): boolean {
  return word.length >= 3 && name.startsWith(word);
}

/** Letters to change, add or leave out (Levenshtein). */
function distance(a: string, b: string): number {
  let before = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const swap = (before[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(swap, (before[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    before = row;
  }
  return before[b.length] ?? 0;
}
