/** Fraction digits kept: more than any cell read as a number has. */
const scale = 150;

/** Adds up plain decimal texts exactly, for the plausibility checks over a whole file. Any length of text will do. */
export interface ExactSum {
  add(value: string): void;
  /** Whether the sum is this amount. */
  is(value: string): boolean;
  /** The sum without trailing zeros; `0` where nothing was added. */
  text(): string;
}

export function openSum(): ExactSum {
  let sum = 0n;
  return {
    add(value) {
      sum += unitsOf(value);
    },
    is: (value) => sum === unitsOf(value),
    text() {
      const digits = (sum < 0n ? -sum : sum).toString().padStart(scale + 1, '0');
      const plain = `${digits.slice(0, -scale)}.${digits.slice(-scale)}`.replace(/\.?0+$/, '');
      return sum < 0n ? `-${plain}` : plain;
    },
  };
}

function unitsOf(value: string): bigint {
  const [, sign, whole = '0', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(value) ?? [];
  const units = BigInt(whole + fraction.slice(0, scale).padEnd(scale, '0'));
  return sign === '-' ? -units : units;
}
