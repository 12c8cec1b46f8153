/** Lines of a CSV from cells that hold no quotes or line breaks; a cell with a comma is quoted. */
export function csvOf(header: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const lineOf = (cells: readonly (string | number)[]): string =>
    cells.map((cell) => (String(cell).includes(',') ? `"${cell}"` : String(cell))).join(',');
  return [header, ...rows].map((cells) => `${lineOf(cells)}\n`).join('');
}

/** A whole number of `10^-digits` USD as a decimal string, exactly. */
export function decimalOf(units: number, digits: number): string {
  const sign = units < 0 ? '-' : '';
  const text = String(Math.abs(units)).padStart(digits + 1, '0');
  return `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}
