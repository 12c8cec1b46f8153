import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tableImporters } from '../importers/tables.ts';
import { startTestCore, type TestCore } from '../testing/core.ts';
import { type CellTrial, cellInputs, readsAs } from '../testing/hostile/cell-inputs.ts';
import { type HostileTable, lineWith, tableInputs } from '../testing/hostile/table-inputs.ts';
import { tableSpecimens } from '../testing/hostile/table-specimen.ts';
import { tableText } from '../testing/hostile/table-text.ts';

const specimens = tableSpecimens();

test('every table format is met by its own samples, and what its cells mean is found', () => {
  for (const importer of tableImporters) {
    const own = specimens.filter((each) => each.importer.id === importer.id);
    const roles = own.flatMap(({ places }) => Object.keys(places));
    expect(roles, `${importer.id}: a sample whose cells can be told`).not.toEqual([]);
  }
});

describe.each(specimens.map((specimen) => [specimen.sample, specimen] as const))('%s', (name, specimen) => {
  let t: TestCore;
  let base: Imported;
  beforeAll(async () => {
    t = await startTestCore();
    base = await previewed(tableText(specimen));
    expect(base.counts?.accepted, 'the sample itself').toBeGreaterThan(0);
  });
  afterAll(() => t[Symbol.asyncDispose]());

  /** Commits a file, undoes it, and says what it was for the ledger. */
  async function imported(bytes: string | Buffer): Promise<Imported> {
    const path = join(t.dir, name);
    writeFileSync(path, bytes);
    const { files, unreadable } = await t.call('imports.commit', { file: { path }, ...specimen.wish });
    const [done] = files;
    const after = await totals();
    if (done === undefined)
      expect(unreadable.map(({ code }) => code)).toEqual([expect.stringMatching(/^(FILE|FORMAT)_/)]);
    if (done?.importId) await t.call('imports.undo', { importId: done.importId });
    return { counts: done?.counts ?? null, warnings: done?.warnings ?? [], totals: after };
  }

  /** A preview says what the commit then does, and writes nothing; undoing leaves nothing. */
  async function previewed(bytes: string | Buffer): Promise<Imported> {
    const path = join(t.dir, name);
    writeFileSync(path, bytes);
    const { files } = await t.call('imports.preview', { file: { path }, ...specimen.wish });
    expect((await totals()).records).toBe(0);
    const done = await imported(bytes);
    const [preview] = files;
    if (done.counts === null) expect(preview?.kind).toMatch(/^(unreadable|unknown)$/);
    else expect(preview).toMatchObject({ kind: 'ready', counts: done.counts });
    expect((await totals()).records, 'undone').toBe(0);
    return done;
  }

  async function totals() {
    return (await t.call('report.run', { by: [], filters: {} })).totals;
  }

  async function holds(hostile: HostileTable): Promise<void> {
    switch (hostile.outcome) {
      case 'same': {
        const got = await previewed(hostile.bytes);
        const skipped = (base.counts?.skipped ?? 0) + (hostile.skipped ?? 0);
        expect(got.counts).toEqual({ ...base.counts, skipped });
        expect(got.totals).toEqual(base.totals);
        if (hostile.warning) expect(got.warnings.join('\n')).toMatch(hostile.warning);
        return;
      }
      case 'refuse file':
        expect((await previewed(hostile.bytes)).counts).toBe(null);
        return;
      case 'nothing':
        expect((await previewed(hostile.bytes)).counts).toEqual(none);
        return;
      default: {
        const { outcome, lines } = hostile;
        outcomeHolds(outcome, await addedBy(lines), lines.length);
      }
    }
  }

  /** What lines add below the sample's own. */
  async function addedBy(lines: readonly string[]): Promise<Counts> {
    const { counts } = await imported(tableText(specimen, { lines }));
    const more = (what: keyof Counts) => (counts?.[what] ?? 0) - (base.counts?.[what] ?? 0);
    expect(more('accepted') + more('duplicate') + more('refused') + more('skipped'), 'rows').toBe(
      lines.length,
    );
    return { ...none, accepted: more('accepted') + more('duplicate'), refused: more('refused') };
  }

  const fitting = tableInputs.filter((input) => input.make(specimen).length > 0);
  test.each(fitting.map((input) => [input.number, input.what, input] as const))(
    '%i: %s',
    async (_n, _w, input) => {
      for (const hostile of input.make(specimen)) await holds(hostile);
      expect(Object.keys(Object.prototype)).toEqual([]);
    },
  );

  const trials = cellInputs
    .map(({ number, what, cells }) => {
      const fit = cells(specimen).filter(({ role }) => specimen.places[role] !== undefined);
      return [number, what, fit] as const;
    })
    .filter(([, , fit]) => fit.length > 0);
  test.each(trials)('%i: %s', async (_number, _what, fit) => {
    for (const trial of fit) {
      const found = readsAs(specimen, trial);
      expect(
        found.some((value) => trial.reads.includes(value)),
        told(trial, found),
      ).toBe(true);
    }
    for (const role of new Set(fit.map((trial) => trial.role))) {
      const place = specimen.places[role];
      if (place === undefined) continue;
      const own = fit.filter((trial) => trial.role === role);
      const added = await addedBy(own.map(({ text }) => lineWith(specimen, place, text)));
      const bad = own.filter(({ reads }) => reads.length === 1 && reads[0] === 'refused');
      const good = own.filter(({ reads }) => !reads.includes('refused') && !reads.includes('none'));
      // Rows that write numbers in two ways can leave it open how the file's own are written: those are refused, too.
      if (bad.length > 0) expect(added.refused).toBeGreaterThanOrEqual(bad.length);
      if (good.length > 0) expect(added.accepted).toBeGreaterThanOrEqual(good.length);
    }
  });
});

function outcomeHolds(outcome: string, added: Counts, rows: number): void {
  if (outcome === 'refuse rows') expect(added.refused).toBe(rows);
  else if (outcome === 'accept rows') expect(added.accepted).toBe(rows);
  else expect(added.accepted, 'counted').toBe(0);
}

const none = { accepted: 0, updated: 0, duplicate: 0, refused: 0, skipped: 0, unpriced: 0 };

type Counts = typeof none;

interface Imported {
  /** Null where the file was refused. */
  readonly counts: Counts | null;
  readonly warnings: readonly string[];
  readonly totals: { readonly records: number };
}

function told({ role, text, reads }: CellTrial, found: readonly string[]): string {
  return `${role} ${JSON.stringify(text)} read as ${found.join(' | ')}, not ${reads.join(' or ')}`;
}
