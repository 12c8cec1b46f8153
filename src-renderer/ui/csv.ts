/** Text of a CSV file (RFC 4180, CRLF). Text that a spreadsheet would run as a formula is disarmed with an apostrophe. */
export function toCsv(rows: readonly (readonly (string | number)[])[]): string {
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) && !/^-?\d+(\.\d+)?$/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** nano-USD as a plain decimal number of USD, exact. */
export function usdCell(nanoUsd: number): string {
  const digits = Math.abs(nanoUsd).toString().padStart(10, '0');
  const text = `${digits.slice(0, -9)}.${digits.slice(-9)}`.replace(/\.?0+$/, '');
  return nanoUsd < 0 ? `-${text}` : text;
}
