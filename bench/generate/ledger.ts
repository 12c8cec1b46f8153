import { join } from 'node:path';
import { importerById } from '../../src-main/importers/index.ts';
import { openBook, openPrices } from '../../src-main/jobs/context.ts';
import { createPlaces } from '../../src-main/jobs/place.ts';
import { type Random, randomOf } from '../../src-main/jobs/sample/random.ts';
import { utcDay } from '../../src-main/ledger/day.ts';
import { identityOf } from '../../src-main/ledger/identity.ts';
import { appRoot } from '../../src-main/platform/app-root.ts';
import { type ImportedRecord, noTokens } from '../../src-main/platform/record.ts';
import { inTransaction, type WriteDb } from '../../src-main/store/database.ts';
import { finishImport, insertImport } from '../../src-main/store/imports.ts';
import { writeMeta } from '../../src-main/store/meta.ts';
import { openLedger } from '../../src-main/store/open.ts';
import { keepTruth, type Truth, type TruthKeeper } from './truth.ts';

const models = [
  { provider: 'anthropic', raw: 'claude-opus-4-8', canonical: 'claude-opus-4-8' },
  { provider: 'anthropic', raw: 'claude-sonnet-5', canonical: 'claude-sonnet-5' },
  { provider: 'anthropic', raw: 'claude-haiku-4-5-20251001', canonical: 'claude-haiku-4-5' },
  { provider: 'openai', raw: 'gpt-5.4', canonical: 'gpt-5.4' },
  { provider: 'openai', raw: 'gpt-5.4-mini', canonical: 'gpt-5.4-mini' },
  { provider: 'google', raw: 'gemini-2.5-flash', canonical: 'gemini-2.5-flash' },
] as const;

/** The last twelve months before this day are filled evenly. */
export const ledgerEnd = Date.UTC(2026, 10, 1);
const days = 365;
const batch = 100_000;

export interface LedgerOptions {
  readonly dataDir: string;
  readonly records: number;
  readonly seed: string;
}

/** A ledger of single calls over twelve months, six models and twelve projects, entered through the book like any import. */
export function generateLedger({ dataDir, records, seed }: LedgerOptions): Truth {
  const truth = keepTruth();
  const random = randomOf(seed);
  const db = openLedger(dataDir, { now: () => ledgerEnd });
  const enter = entry(db, dataDir);
  for (let from = 0; from < records; from += batch)
    inTransaction(db, () =>
      enter(Math.min(batch, records - from), (index) => recordOf(random, truth, from + index)),
    );
  // As a host leaves it behind: counted in its zone and priced, so that a start has nothing to catch up with.
  writeMeta(db, 'zone', 'UTC');
  writeMeta(db, 'rates', '[]');
  writeMeta(db, 'price_version', openPrices(db, join(appRoot().dir, 'resources')).version);
  db.exec('ANALYZE');
  db.close();
  truth.wrote(0);
  return truth.result();
}

function entry(
  db: WriteDb,
  dataDir: string,
): (count: number, record: (index: number) => ImportedRecord) => void {
  const importer = importerById('openrouter-activity');
  if (importer === undefined) throw new Error('the importer the ledger is filled as is gone');
  const now = ledgerEnd;
  const sourceId = createPlaces(db, importer, { sample: false, now })({ provider: 'openrouter' }).sourceId;
  return (count, record) => {
    const book = openBook({
      db,
      dataDir,
      resourcesDir: join(appRoot().dir, 'resources'),
      environment: { platform: 'linux', home: dataDir, env: {} },
      settings: { zone: 'UTC', rates: [], logFolders: {} },
      now: () => now,
      progress: () => undefined,
      stop: () => false,
    });
    const importId = insertImport(db, {
      kind: 'file',
      importer: importer.id,
      importer_label: importer.label,
      source_id: sourceId,
      file_name: 'generated',
      path: null,
      sha256: null,
      at: now,
      sample: 0,
    });
    for (let index = 0; index < count; index++) {
      const said = record(index);
      book.enter({
        claims: true,
        importId,
        sourceId,
        importer,
        identity: identityOf('bench', said.key ?? '', utcDay(said.at)),
        settled: () => undefined,
        line: index,
        record: said,
      });
    }
    book.settle();
    finishImport(db, importId, {
      accepted: count,
      updated: 0,
      duplicate: 0,
      refused: 0,
      skipped: 0,
      unpriced: 0,
      cost_nano_usd: 0,
      first_day: null,
      last_day: null,
    });
  };
}

function recordOf(random: Random, truth: TruthKeeper, index: number): ImportedRecord {
  const model = random.pick(models);
  const at = ledgerEnd - random.between(1, days * 86_400) * 1000;
  const tokens = {
    ...noTokens,
    input: random.between(10, 4_000),
    cacheRead: random.between(0, 90_000),
    output: random.between(10, 3_000),
  };
  truth.count(at, model.canonical, tokens);
  return {
    key: String(index),
    at,
    grain: 'instant',
    provider: model.provider,
    model: model.raw,
    project: `project-${random.between(1, 12)}`,
    session: `session-${index >> 7}`,
    requests: 1,
    tokens,
  };
}
