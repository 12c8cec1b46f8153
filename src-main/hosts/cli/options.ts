import { z } from 'zod';
import type { ReportKey } from '../../../src-preload/contract/values.ts';
import { reportKey } from '../../../src-preload/contract/values.ts';
import { UsageError } from './failure.ts';

/** Readers of option values: each answers the value or throws a UsageError that says what is accepted. */

export function readDate(text: string, flag: string): string {
  if (z.iso.date().safeParse(text).success) return text;
  throw new UsageError(`${flag} ${text} is not a date. Write it as YYYY-MM-DD, for example 2026-07-31.`);
}

export interface RangeOptions {
  readonly from?: string;
  readonly to?: string;
}

/** Inclusive bounds as the contract's filters take them. */
export function readRange({ from, to }: RangeOptions): RangeOptions {
  const range = {
    ...(from === undefined ? {} : { from: readDate(from, '--from') }),
    ...(to === undefined ? {} : { to: readDate(to, '--to') }),
  };
  if (from !== undefined && to !== undefined && from > to) {
    throw new UsageError(`--from ${from} is after --to ${to}.`);
  }
  return range;
}

export function readZone(text: string, flag: string): string {
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
    return text;
  } catch {
    throw new UsageError(
      `${flag} ${text} is not a time zone. Write an IANA name such as Europe/Berlin, or UTC.`,
    );
  }
}

/** `day,model` or nothing at all, in the order given; a key named twice counts once. */
export function readKeys(text: string): readonly ReportKey[] {
  const names = new Set(splitList(text));
  return [...names].map((name) => {
    const key = reportKey.safeParse(name);
    if (key.success) return key.data;
    throw new UsageError(`--by ${name} is not known. Choose from ${reportKey.options.join(', ')}.`);
  });
}

export function readId(text: string, what: string): number {
  const digits = text.replace(/^#/, '');
  const id = Number(digits);
  if (/^\d{1,15}$/.test(digits) && id > 0) return id;
  throw new UsageError(`${text} is not the number of ${what}.`);
}

export function readPort(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new UsageError(`--port ${text} is not a port. Choose 1 to 65535, or 0 for any free one.`);
}

export function readChoice<T extends string>(text: string, choices: readonly T[], flag: string): T {
  const choice = choices.find((one) => one === text);
  if (choice !== undefined) return choice;
  throw new UsageError(`${flag} ${text} is not known. Choose from ${choices.join(', ')}.`);
}

/** USD as written by a person (`100`, `19.99`) in nano-USD, exactly. */
export function readUsd(text: string, flag: string): number {
  const match = /^\$?(\d{1,6})(?:\.(\d{1,9}))?$/.exec(text.trim());
  if (match === null)
    throw new UsageError(`${flag} ${text} is not an amount in USD. Write it as 100 or 19.99.`);
  const [, whole = '0', fraction = ''] = match;
  return Number(BigInt(whole) * 1_000_000_000n + BigInt(fraction.padEnd(9, '0')));
}

/** `a,"b, c",d` as its parts; quotes keep a comma. */
export function splitList(text: string): readonly string[] {
  return splitRaw(text).map(unquote);
}

/** `date=Day,cost="Cost, USD"` as pairs. */
export function readPairs(text: string, flag: string): Readonly<Record<string, string>> {
  const pairs = splitRaw(text).map((part) => {
    const at = part.indexOf('=');
    if (at < 1)
      throw new UsageError(`${flag} takes name=value pairs, separated by commas; "${part}" is none.`);
    return [part.slice(0, at).trim(), unquote(part.slice(at + 1))] as const;
  });
  return Object.fromEntries(pairs);
}

function splitRaw(text: string): readonly string[] {
  return (text.match(/(?:"(?:[^"]|"")*"|[^,"])+/g) ?? []).filter((part) => part.trim() !== '');
}

function unquote(text: string): string {
  const part = text.trim();
  return part.startsWith('"') && part.endsWith('"') && part.length > 1
    ? part.slice(1, -1).replaceAll('""', '"')
    : part;
}
