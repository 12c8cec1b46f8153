import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { logImporters } from '../../importers/logs.ts';
import { recogniseLog } from '../../importers/pipeline/recognise-log.ts';
import type { LogFile, LogImporter, RowOutcome } from '../../platform/importer.ts';
import type { ImportedRecord } from '../../platform/record.ts';
import { samplesDir } from '../core.ts';

type Path = readonly (string | number)[];

/** A value in a JSON text that matters: in which line (0 for a document), and where in it. */
export interface JsonPlace {
  readonly unit: number;
  readonly path: Path;
}

export type JsonRole = 'count' | 'quantity' | 'date' | 'name';

/** One sample of a log format as JSON texts, lines or one document, so that hostile files can be made of it. */
export interface LogSpecimen {
  readonly importer: LogImporter;
  readonly sample: string;
  readonly kind: 'lines' | 'document';
  /** The lines of a log, or the one document. */
  readonly units: readonly string[];
  /** Index of a unit that brings usage. */
  readonly usage: number;
  readonly places: Readonly<Partial<Record<JsonRole, JsonPlace>>>;
  /** What the reader makes of the units when a value is another one, given as JSON text. */
  outcomesWith(place: JsonPlace, json: string): readonly RowOutcome[];
}

/** Every sample that a log format recognises and that is text; a format without one is missing here. */
export function logSpecimens(): readonly LogSpecimen[] {
  const names = readdirSync(samplesDir).filter((name) => /\.jsonl?$/.test(name));
  return names.flatMap((sample) => {
    const [importer, other] = recogniseLog(logImporters, join(samplesDir, sample));
    if (importer === undefined || other !== undefined) return [];
    return specimenOf(importer, sample, readFileSync(join(samplesDir, sample), 'utf8')) ?? [];
  });
}

function specimenOf(importer: LogImporter, sample: string, text: string): LogSpecimen | null {
  const kind = kindOf(importer, sample);
  if (kind === null) return null;
  const units = kind === 'document' ? [text] : text.replace(/\n+$/, '').split('\n');
  const outcomesOf = (changed: readonly string[]) => readUnits(importer, sample, kind, changed);
  const base = outcomesOf(units);
  const usage = kind === 'document' ? 0 : base.findIndex((outcome) => recordsIn([outcome]).length > 0);
  if (usage === -1 || recordsIn(base).length === 0) return null;
  const outcomesWith: LogSpecimen['outcomesWith'] = ({ unit, path }, json) =>
    outcomesOf(units.with(unit, withValue(units[unit] ?? '', path, json)));
  const places = findPlaces(units, usage, outcomesWith);
  return { importer, sample, kind, units, usage, places, outcomesWith };
}

/** As the import tells a dropped file's kind. */
function kindOf(importer: LogImporter, name: string): LogSpecimen['kind'] | null {
  if (importer.readDocument !== undefined && /\.json$/.test(name)) return 'document';
  if (importer.openLines !== undefined) return 'lines';
  return importer.readDocument === undefined ? null : 'document';
}

const nothing: RowOutcome = { kind: 'skip', reason: 'holds no needle' };

/** One outcome for each line, or those of the document. */
function readUnits(
  importer: LogImporter,
  sample: string,
  kind: LogSpecimen['kind'],
  units: readonly string[],
): readonly RowOutcome[] {
  const file: LogFile = {
    ...{ path: join(samplesDir, sample), relativePath: basename(sample), modifiedAt: Date.UTC(2026, 6, 1) },
    sibling: () => null,
  };
  if (kind === 'document')
    return [...(importer.readDocument?.(units[0] ?? '', file) ?? [])].map(({ outcome }) => outcome);
  const reader = importer.openLines?.(file, null);
  return units.map((unit) =>
    reader !== undefined && importer.needles.some((needle) => unit.includes(needle))
      ? reader.line(unit)
      : nothing,
  );
}

export function recordsIn(outcomes: readonly RowOutcome[]): readonly ImportedRecord[] {
  return outcomes.flatMap((outcome) => {
    if (outcome.kind === 'record') return [outcome.record];
    return outcome.kind === 'records' ? outcome.records : [];
  });
}

export function refusalsIn(outcomes: readonly RowOutcome[]): number {
  return outcomes.filter(({ kind }) => kind === 'refuse').length;
}

const marker = '"zz-marker-zz"';

/** A JSON text with one value replaced by other JSON text, which need not be valid. */
export function withValue(text: string, path: Path, json: string): string {
  const root: unknown = JSON.parse(text);
  const [last, ...up] = path.toReversed();
  const parent = up.toReversed().reduce<unknown>((value, key) => Object(value)[key], root);
  Object(parent)[last ?? ''] = JSON.parse(marker);
  return JSON.stringify(root).replace(marker, () => json);
}

/** Every value of a JSON text that is no object and no list, with the way to it. */
export function leavesOf(value: unknown, path: Path = []): readonly { path: Path; value: unknown }[] {
  if (typeof value !== 'object' || value === null) return [{ path, value }];
  return Object.entries(value).flatMap(([key, inner]) =>
    leavesOf(inner, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

function findPlaces(
  units: readonly string[],
  usage: number,
  outcomesWith: LogSpecimen['outcomesWith'],
): Readonly<Partial<Record<JsonRole, JsonPlace>>> {
  const found: Partial<Record<JsonRole, JsonPlace>> = {};
  const told = (place: JsonPlace, json: string) => {
    const outcomes = outcomesWith(place, json);
    return refusalsIn(outcomes) > 0 ? 'refused' : JSON.stringify(recordsIn(outcomes));
  };
  const isCounted = (place: JsonPlace) => {
    const [one = '', other = ''] = [told(place, '7000'), told(place, '8000')];
    return one !== 'refused' && other !== 'refused' && countsOf(one) !== countsOf(other);
  };
  const tests: Readonly<Record<JsonRole, (place: JsonPlace, value: unknown) => boolean>> = {
    count: (place, value) =>
      typeof value === 'number' && isCounted(place) && told(place, '1.5') === 'refused',
    // Counted in blocks, or by a reader that knows other units: parts of one are no mistake.
    quantity: (place, value) =>
      typeof value === 'number' && isCounted(place) && told(place, '1.5') !== 'refused',
    date: (place, value) =>
      (typeof value === 'string' &&
        /^20\d\d-\d\d-\d\dT/.test(value) &&
        told(place, '"2026-07-03T10:00:00.000Z"').includes(july3)) ||
      (typeof value === 'number' &&
        value > 1e12 &&
        value < 2e12 &&
        told(place, july3).includes(`"at":${july3}`)),
    name: (place, value) =>
      typeof value === 'string' && /"(?:model|project)":"zz-hostile"/.test(told(place, '"zz-hostile"')),
  };
  for (const { path, value } of leavesOf(JSON.parse(units[usage] ?? 'null')))
    for (const [role, fits] of Object.entries(tests) as [
      JsonRole,
      (place: JsonPlace, value: unknown) => boolean,
    ][])
      if (found[role] === undefined && fits({ unit: usage, path }, value))
        found[role] = { unit: usage, path };
  return found;
}

const july3 = String(Date.UTC(2026, 6, 3, 10));

function countsOf(records: string): string {
  return JSON.stringify(
    (JSON.parse(records) as ImportedRecord[]).map(({ tokens, requests }) => [tokens, requests]),
  );
}

/** The units as the bytes of a file. */
export function logText({ kind }: Pick<LogSpecimen, 'kind'>, units: readonly string[]): string {
  return kind === 'document' ? (units[0] ?? '') : units.map((unit) => `${unit}\n`).join('');
}
