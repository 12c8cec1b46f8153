/** A number with more digits than a double is sure to hold: 16 or more of them, dots aside. */
const longNumber = /\d[\d.]{15,}/;

/** Node's reviver also gets the source text of a number (ECMAScript's JSON.parse source text access). */
type SourceReviver = (key: string, value: unknown, context?: { readonly source?: string }) => unknown;

/**
 * Parses what a vendor sent. A number that a double would round arrives as its own text, so that amounts and ids of
 * any length stay exact: read every amount with `amountText`, which takes both. Throws SyntaxError.
 */
export function parseJson(text: string): unknown {
  const clean = text.startsWith('\uFEFF') ? text.slice(1) : text;
  if (!longNumber.test(clean)) return JSON.parse(clean);
  const keepLong: SourceReviver = (_key, value, context) =>
    typeof value === 'number' && isLong(context?.source) ? context?.source : value;
  return JSON.parse(clean, keepLong);
}

function isLong(source: string | undefined): boolean {
  return source !== undefined && source.replace(/[eE].*$/, '').replace(/\D/g, '').length > 15;
}

export type Fields = Readonly<Record<string, unknown>>;

/** The value as an object; empty where it is none, so that a missing branch reads as missing fields. */
export function fieldsOf(value: unknown): Fields {
  // An object that is no list has named fields, all of them unknown.
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

/** The value as a list; empty where it is none. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The list's entries as objects. */
export function rowsOf(value: unknown): readonly Fields[] {
  return listOf(value).map(fieldsOf);
}

/** A text that says something; null for everything else. */
export function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** A whole number of something, sent as a number or as text; null where nothing of the kind was sent. */
export function countOf(value: unknown): number | null {
  const number = typeof value === 'string' && /^\d+(\.0*)?$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : null;
}
