const both = /^\d{1,3}(?:([.,])\d{3})+([.,])\d+$/;
const one = /^(\d+)([.,])(\d+)(?:[eE][+-]?\d+)?$/;

/**
 * How a file writes decimals, from its first rows. `1,234` and `1.234` tell nothing; `0,5`, `12.34`, `0.123` and
 * `1.234,56` do. Undefined when nothing tells or cells contradict each other.
 */
export function sniffDecimal(rows: readonly (readonly string[])[]): '.' | ',' | undefined {
  const seen = new Set<string>();
  for (const cells of rows) {
    for (const cell of cells) {
      const sign = decimalSign(cell.replace(/[\s$€£¥()+-]/g, ''));
      if (sign !== undefined) seen.add(sign);
    }
  }
  if (seen.size !== 1) return undefined;
  return seen.has(',') ? ',' : '.';
}

function decimalSign(text: string): string | undefined {
  const grouped = both.exec(text);
  if (grouped) return grouped[1] === grouped[2] ? undefined : grouped[2];
  const single = one.exec(text);
  if (!single) return undefined;
  const [, whole = '', sign, fraction = ''] = single;
  const couldGroup = fraction.length === 3 && whole.length <= 3 && !whole.startsWith('0');
  return couldGroup ? undefined : sign;
}
