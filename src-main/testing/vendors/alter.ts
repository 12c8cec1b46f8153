import type { Recorded } from './answers.ts';

/** A value of a fixture as it shall be instead; `path` are the names on the way to it. */
export type Change = (path: readonly string[], value: unknown) => unknown;

/** A fixture with every value changed; `context` stays. */
export function altered(recorded: Recorded, change: Change): Recorded {
  return Object.fromEntries(
    Object.entries(recorded).map(([request, reply]) => [
      request,
      request === 'context' ? reply : walk([], reply, change),
    ]),
  );
}

function walk(path: readonly string[], value: unknown, change: Change): unknown {
  const changed = change(path, value);
  if (Array.isArray(changed)) return changed.map((item) => walk(path, item, change));
  if (typeof changed !== 'object' || changed === null) return changed;
  return Object.fromEntries(
    Object.entries(changed).map(([name, item]) => [name, walk([...path, name], item, change)]),
  );
}

/** Names under which vendors state money. */
const money = /amount|cost|spend|usage$|^value$|price|total$|nano|units$/i;

const isMoney = (path: readonly string[], value: unknown): value is number | string =>
  (typeof value === 'number' || (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value))) &&
  money.test(path.at(-1) ?? '') &&
  !/token|count|request|time|date/i.test(path.at(-1) ?? '');

/** Every amount that is not nothing is another one: what a vendor says of a day it has corrected. */
export const otherAmounts: Change = (path, value) => {
  if (!isMoney(path, value) || Number(value) === 0) return value;
  return typeof value === 'number' ? value * 2 : `1${value.replace('-', '')}`;
};

/** Every amount that came as a number comes as text: vendors do both. */
export const otherSpelling: Change = (path, value) =>
  typeof value === 'number' && isMoney(path, value) ? String(value) : value;

/** Every list is empty and every number nothing: days without use. */
export const emptied: Change = (path, value) => {
  if (Array.isArray(value) && path.length > 0) return [];
  return typeof value === 'number' ? 0 : value;
};
