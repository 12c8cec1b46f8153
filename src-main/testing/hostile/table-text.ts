import type { TableSpecimen } from './table-specimen.ts';

/** How a file is put together; what is left out is as in the sample. */
export interface TableShape {
  readonly header?: readonly string[];
  readonly rows?: readonly (readonly string[])[];
  /** Lines below the rows, as they stand. */
  readonly lines?: readonly string[];
  readonly delimiter?: string;
}

/** One row as text; cells are quoted where they must be. */
export function lineOf(cells: readonly string[], delimiter = ','): string {
  return cells.map((cell) => (needsQuotes(cell, delimiter) ? quote(cell) : cell)).join(delimiter);
}

export function quote(cell: string): string {
  return `"${cell.replaceAll('"', '""')}"`;
}

function needsQuotes(cell: string, delimiter: string): boolean {
  return cell.includes(delimiter) || /["\r\n]/.test(cell);
}

/** The sample's table as text with LF line ends, in another shape. */
export function tableText(specimen: TableSpecimen, shape: TableShape = {}): string {
  const { header = specimen.facts.header, rows = specimen.rows, lines = [], delimiter = ',' } = shape;
  const all = [lineOf(header, delimiter), ...rows.map((row) => lineOf(row, delimiter)), ...lines];
  return `${specimen.above.replaceAll(',', delimiter)}${all.join('\n')}\n`;
}
