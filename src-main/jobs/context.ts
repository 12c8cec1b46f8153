import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Book, createBook } from '../ledger/book.ts';
import type { FxRate } from '../ledger/cost.ts';
import { createZone } from '../ledger/day.ts';
import type { LogEnvironment } from '../platform/importer.ts';
import {
  createPriceBook,
  type PriceAlias,
  type PriceBook,
  type PriceBookOptions,
  type PriceOverride,
  readSupplement,
} from '../pricing/index.ts';
import type { ReadDb, WriteDb } from '../store/database.ts';
import { readMeta } from '../store/meta.ts';
import { listAliases, listOverrides } from '../store/prices.ts';

/** The settings heavy work depends on, handed over with each task. */
export interface TaskSettings {
  /** IANA zone of the rollups. */
  readonly zone: string;
  readonly rates: readonly FxRate[];
  /** Extra folders per log tool. */
  readonly logFolders: Readonly<Record<string, readonly string[]>>;
}

export type Unit = 'files' | 'rows' | 'bytes' | 'records';

/** What a task may use besides its input. One task runs at a time on one writing connection. */
export interface TaskContext {
  readonly db: WriteDb;
  readonly dataDir: string;
  readonly resourcesDir: string;
  readonly environment: LogEnvironment;
  readonly settings: TaskSettings;
  now(): number;
  /** At most four times a second reaches the user; call it as often as convenient. */
  progress(done: number, total: number | null, unit: Unit): void;
  /** True once the user asked to stop. */
  stop(): boolean;
}

export function readOverrides(db: ReadDb): readonly (PriceOverride & { id: number })[] {
  return listOverrides(db).map((row) => ({
    id: row.id,
    provider: row.provider,
    model: row.model,
    from: row.valid_from,
    ...JSON.parse(row.body),
  }));
}

export function readAliases(db: ReadDb): readonly (PriceAlias & { id: number })[] {
  return listAliases(db).map((row) => ({
    id: row.id,
    provider: row.provider,
    alias: row.alias,
    toProvider: row.to_provider,
    toModel: row.to_model,
  }));
}

/** The prices in force: bundled catalogue, dated supplement, the user's own. */
export function openPrices(db: ReadDb, resourcesDir: string): PriceBook {
  return createPriceBook(readPrices(db, resourcesDir));
}

/** What the prices in force are made of, as plain data: for another thread to open them, too. */
export function readPrices(db: ReadDb, resourcesDir: string): PriceBookOptions {
  const supplement = readFileSync(join(resourcesDir, 'price-supplement.json'), 'utf8');
  return {
    supplement: readSupplement(JSON.parse(supplement)),
    overrides: readOverrides(db),
    aliases: readAliases(db),
  };
}

/** Name of the zone the rollups are in; the chosen one for a ledger that has none yet. */
export function rollupZone(context: TaskContext): string {
  return readMeta(context.db, 'zone') ?? context.settings.zone;
}

export function openBook(context: TaskContext): Book {
  const prices = openPrices(context.db, context.resourcesDir);
  return createBook(context.db, {
    // Not the chosen one: a machine that travels has sums of its last zone until they are counted anew.
    zone: createZone(rollupZone(context)),
    prices,
    rates: context.settings.rates,
  });
}
