import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestCore, type TestCore } from '../testing/core.ts';
import { type HostileLog, logInputs, withRawBytes } from '../testing/hostile/log-inputs.ts';
import { logSpecimens, logText } from '../testing/hostile/log-specimen.ts';

const specimens = logSpecimens();
const none = { accepted: 0, updated: 0, duplicate: 0, refused: 0, skipped: 0, unpriced: 0 };

type Counts = typeof none;

interface Imported {
  /** Null where the file was refused. */
  readonly counts: Counts | null;
  readonly totals: { readonly records: number };
}

describe.each(specimens.map((specimen) => [specimen.sample, specimen] as const))('%s', (name, specimen) => {
  const { importer, kind, units, usage } = specimen;
  let t: TestCore;
  let base: Imported;
  let without: Imported;
  beforeAll(async () => {
    t = await startTestCore();
    base = await imported(logText(specimen, units), null);
    expect(base.counts?.accepted, 'the sample itself').toBeGreaterThan(0);
    without = await imported(logText(specimen, units.toSpliced(usage, 1)));
  });
  afterAll(() => t[Symbol.asyncDispose]());

  /** Commits a file, undoes it, and says what it was for the ledger. */
  async function imported(bytes: string | Buffer, as: string | null = importer.id): Promise<Imported> {
    const path = join(t.dir, name);
    writeFileSync(path, typeof bytes === 'string' ? withRawBytes(bytes) : bytes);
    const { files, unreadable } = await t.call('imports.commit', { file: { path }, as: as ?? undefined });
    const [done] = files;
    const totals = (await t.call('report.run', { by: [], filters: {} })).totals;
    if (done === undefined)
      expect(unreadable.map(({ code }) => code)).toEqual([expect.stringMatching(/^(FILE|FORMAT)_/)]);
    if (done?.importId) await t.call('imports.undo', { importId: done.importId });
    const left = (await t.call('report.run', { by: [], filters: {} })).totals;
    expect(left.records, 'undone').toBe(0);
    return { counts: done?.counts ?? null, totals };
  }

  async function holds(hostile: HostileLog): Promise<void> {
    if (hostile.outcome === 'same') expect(await imported(hostile.bytes)).toEqual(base);
    else if (hostile.outcome === 'refuse file') {
      expect((await imported(hostile.bytes, null)).counts).toBe(null);
    } else await unitHolds(hostile.outcome, hostile.units);
  }

  async function unitHolds(outcome: string, changed: readonly string[]): Promise<void> {
    const text = logText(specimen, [...units.slice(0, usage), ...changed, ...units.slice(usage + 1)]);
    const { counts } = await imported(text);
    const rest = kind === 'document' ? none : (without.counts ?? none);
    const more = (what: keyof Counts) => (counts?.[what] ?? 0) - rest[what];
    const counted = more('accepted') + more('duplicate') + more('skipped') + more('refused');
    const told = `${changed[0]?.slice(0, 300)} became ${JSON.stringify(counts)}`;
    expect(counted, told).toBeGreaterThan(0);
    if (outcome === 'refuse') expect(more('refused'), told).toBeGreaterThan(0);
    if (outcome === 'accept')
      expect([counts?.accepted, counts?.refused], told).toEqual([
        base.counts?.accepted,
        base.counts?.refused,
      ]);
  }

  test.each(logInputs.map((input) => [input.number, input.what, input] as const))(
    '%i: %s',
    async (_n, _w, input) => {
      for (const hostile of input.make(specimen)) await holds(hostile);
      expect(Object.keys(Object.prototype)).toEqual([]);
    },
  );
});
