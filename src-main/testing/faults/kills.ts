import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { createCore } from '../../core/index.ts';
import { listBackups } from '../../store/backup.ts';
import { openDatabase } from '../../store/database.ts';
import { ledgerPath } from '../../store/open.ts';
import { resourcesDir } from '../core.ts';
import { makeFirstLedger } from './first-ledger.ts';
import { type HostPlace, hostPorts } from './host-ports.ts';
import { type Life, liveAndDie } from './kill.ts';
import type { Step } from './killed-host.ts';
import { type LedgerState, problemsOf, readState } from './ledger-state.ts';
import { type Amount, loggedTokens, logLines, seeded, writeExport } from './made-up.ts';

export const killedKinds = ['import', 'scan', 'migration', 'backup', 'undo', 'reprice', 'restore'] as const;
export type KilledKind = (typeof killedKinds)[number];

/** What came of the kills of one kind of work. */
export interface KillCount {
  kills: number;
  /** Those that came while the work ran. */
  inside: number;
  /** Those after which the work was there as a whole, answered or not. */
  whole: number;
}
export type KillReport = Readonly<Record<KilledKind, KillCount>>;

export interface KillOptions {
  readonly kills: number;
  readonly seed: number;
  /** Hosts at a time, each on a folder of its own. */
  readonly lanes: number;
}

/** A step, and the ledger after it. */
interface Work {
  readonly kind: KilledKind;
  readonly step: Step | null;
  readonly after: LedgerState;
}

const rowsPerFile = 800;
const linesPerScan = 400;
const recordsOfFirstLedger = 1_500;
/** After so many kills a folder of its own is begun, as a large ledger takes long to check. */
const killsPerFolder = 28;

const loggedAmount = (records: number, price: number): Amount => ({
  records,
  costNanoUsd: records * loggedTokens * price * 1_000,
});

const priceStep = (price: number): Step => ({
  route: 'prices.saveOverride',
  input: {
    provider: 'anthropic',
    model: 'claude-sonnet-4-5',
    from: '2020-01-01',
    input: '0',
    output: `${price}`,
  },
});

/** One data folder that host after host is killed on. */
class Folder {
  readonly dir = mkdtempSync(join(tmpdir(), 'llmlab-kills-'));
  readonly place: HostPlace;
  readonly sound = new Set<string>();
  state: LedgerState = { files: {}, log: { records: 0, costNanoUsd: 0 }, price: null };
  kills = 0;
  private written = 0;
  private files = 0;

  constructor() {
    const home = join(this.dir, 'home');
    mkdirSync(join(home, '.claude', 'projects', 'p'), { recursive: true });
    this.place = { dataDir: join(this.dir, 'data'), home, resourcesDir, heavyWork: 'inline' };
  }

  get ledger(): string {
    return ledgerPath(this.place.dataDir);
  }

  /** A first file, a first log, a price and a backup: something to lose. */
  async begin(): Promise<void> {
    const work = [this.reprice(3), this.importOne(), this.scan(), this.backup()];
    const core = createCore(hostPorts(this.place));
    await core.start();
    for (const { step } of work)
      if (step !== null) await core.call(step.route, step.input as never, { trusted: true, label: 'test' });
    await core.stop();
    const files = Object.assign({}, ...work.map(({ after }) => after.files)) as LedgerState['files'];
    this.expect([{ files, log: loggedAmount(this.written, 3), price: 3 }]);
  }

  importOne(): Work {
    const name = `${++this.files}.csv`;
    const path = join(this.dir, name);
    const amount = writeExport(path, this.files, rowsPerFile);
    const after = { ...this.state, files: { ...this.state.files, [name]: amount } };
    return { kind: 'import', step: { route: 'imports.commit', input: { file: { path } } }, after };
  }

  scan(): Work {
    const path = join(this.place.home, '.claude', 'projects', 'p', 'a.jsonl');
    appendFileSync(path, logLines(this.written, this.written + linesPerScan));
    this.written += linesPerScan;
    const log = loggedAmount(this.written, this.state.price ?? 0);
    const step: Step = { route: 'scan.run', input: { tools: ['claude-code'] } };
    return { kind: 'scan', step, after: { ...this.state, log } };
  }

  backup(): Work {
    return { kind: 'backup', step: { route: 'backups.create', input: {} }, after: this.state };
  }

  reprice(price: number): Work {
    const log = loggedAmount(this.state.log.records, price);
    return { kind: 'reprice', step: priceStep(price), after: { ...this.state, price, log } };
  }

  undo(): Work {
    const db = openDatabase(this.ledger, 'read');
    const row = db
      .prepare("SELECT id, file_name FROM imports WHERE kind = 'file' AND undone_at IS NULL LIMIT 1")
      .get() as { id: number; file_name: string } | undefined;
    db.close();
    if (row === undefined) return this.importOne();
    const { [row.file_name]: _, ...files } = this.state.files;
    const step: Step = { route: 'imports.undo', input: { importId: row.id } };
    return { kind: 'undo', step, after: { ...this.state, files } };
  }

  restore(): Work {
    const [newest] = listBackups(this.place.dataDir);
    if (newest === undefined) return this.backup();
    const db = openDatabase(newest.path, 'read');
    const after = readState(db);
    db.close();
    return { kind: 'restore', step: { route: 'backups.restore', input: { path: newest.path } }, after };
  }

  /** Starts on what a kill left, and holds the ledger to one of the states it may be in. */
  async recover(possible: readonly LedgerState[]): Promise<void> {
    const core = createCore(hostPorts(this.place));
    await core.start();
    await core.stop();
    this.expect(possible);
    const left = readdirSync(this.place.dataDir).filter((name) => /restoring|partial/.test(name));
    if (left.length > 0) throw new Error(`left behind: ${left.join(', ')}`);
  }

  private expect(possible: readonly LedgerState[]): void {
    const db = openDatabase(this.ledger, 'read');
    const state = readState(db);
    db.close();
    const problems = problemsOf(this.place.dataDir, this.ledger, this.sound);
    if (problems.length > 0) throw new Error(problems.join('; '));
    if (!possible.some((one) => isDeepStrictEqual(sorted(one), sorted(state))))
      throw new Error(`the ledger is in no state it may be in: ${JSON.stringify({ state, possible })}`);
    this.state = state;
  }

  remove(): void {
    rmSync(this.dir, { recursive: true, force: true });
  }
}

const sorted = (state: LedgerState): unknown => ({
  ...state,
  files: Object.entries(state.files).toSorted(([a], [b]) => a.localeCompare(b)),
});

/** A ledger of the first schema, copied for each kill in its migration. */
class Migrations {
  private readonly dir = mkdtempSync(join(tmpdir(), 'llmlab-first-'));
  private readonly amount: Amount;

  constructor() {
    this.amount = makeFirstLedger(join(this.dir, 'ledger.db'), recordsOfFirstLedger);
  }

  next(): Folder {
    const folder = new Folder();
    cpSync(this.dir, folder.place.dataDir, { recursive: true });
    folder.state = { files: { 'first.csv': this.amount }, log: { records: 0, costNanoUsd: 0 }, price: null };
    return folder;
  }

  remove(): void {
    rmSync(this.dir, { recursive: true, force: true });
  }
}

interface Lane {
  readonly random: () => number;
  /** How long each kind of work took, by those that were over first. */
  readonly took: Map<KilledKind, number>;
  readonly report: KillReport;
}

function workOf(kind: KilledKind, folder: Folder, random: () => number): Work {
  const makers: Readonly<Record<KilledKind, () => Work>> = {
    import: () => folder.importOne(),
    scan: () => folder.scan(),
    backup: () => folder.backup(),
    undo: () => folder.undo(),
    restore: () => folder.restore(),
    reprice: () => folder.reprice(1 + Math.floor(random() * 40)),
    migration: () => ({ kind: 'migration', step: null, after: folder.state }),
  };
  return makers[kind]();
}

/** Lets a host do one piece of work, kills it at some point of it, and checks what is left. */
async function killOnce(folder: Folder, kind: KilledKind, { random, took, report }: Lane): Promise<void> {
  const work = workOf(kind, folder, random);
  const before = folder.state;
  const target = work.step === null ? -1 : 0;
  const heavyWork = random() < 0.25 ? 'thread' : 'inline';
  const usual = took.get(kind) ?? 80;
  const life: Life = await liveAndDie(
    { ...folder.place, heavyWork, steps: work.step === null ? [] : [work.step] },
    {
      step: target,
      afterMs: random() * usual * 1.1,
      took: (ms) => void took.set(kind, usual * 0.7 + ms * 0.3),
    },
  );
  const isAnswered = life.done.some(({ step }) => step === target);
  await folder.recover(isAnswered ? [work.after] : [before, work.after]);
  folder.kills++;
  const count = report[kind];
  count.kills++;
  if (!isAnswered) count.inside++;
  if (isDeepStrictEqual(sorted(folder.state), sorted(work.after))) count.whole++;
}

async function runLane(lane: Lane, kinds: readonly KilledKind[]): Promise<void> {
  const migrations = new Migrations();
  let folder = new Folder();
  try {
    await folder.begin();
    for (const kind of kinds) {
      if (kind === 'migration') {
        const old = migrations.next();
        await killOnce(old, kind, lane);
        old.remove();
        continue;
      }
      if (folder.kills >= killsPerFolder) {
        folder.remove();
        folder = new Folder();
        await folder.begin();
      }
      await killOnce(folder, kind, lane);
    }
  } finally {
    folder.remove();
    migrations.remove();
  }
}

/**
 * Kills hosts with SIGKILL at random points of their work, the kinds in turn, and starts again on what is left each
 * time. Throws at the first ledger that is not exactly what was answered for, or that with the work cut short as a whole.
 */
export async function runKills({ kills, seed, lanes }: KillOptions): Promise<KillReport> {
  const empty = killedKinds.map((kind) => [kind, { kills: 0, inside: 0, whole: 0 }]);
  const report = Object.fromEntries(empty) as KillReport;
  const all = Array.from({ length: kills }, (_, i) => killedKinds[i % killedKinds.length] as KilledKind);
  const running = Array.from({ length: lanes }, (_, lane) =>
    runLane(
      { random: seeded(seed + lane), took: new Map(), report },
      all.slice(Math.floor((lane * kills) / lanes), Math.floor(((lane + 1) * kills) / lanes)),
    ),
  );
  await Promise.all(running);
  return report;
}
