import { mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { logImporters } from '../importers/logs.ts';
import type { LogImporter } from '../platform/importer.ts';
import { startTestCore, type TestCore } from '../testing/core.ts';
import { type LogSpecimen, logSpecimens, logText } from '../testing/hostile/log-specimen.ts';

/** Names tools give their files, tried in turn: which one a format reads, it says itself. */
const placesOf = (sample: string) => {
  const [stem, end] = [sample.replace(/\.jsonl?$/, ''), sample.slice(sample.lastIndexOf('.'))];
  const short = stem.slice(stem.indexOf('_') + 1);
  const names = [`${stem}${end}`, `${short}${end}`, `${short.slice(short.indexOf('_') + 1)}${end}`];
  return ['', 'x/', 'x/y/', 'chats/', 'tasks/x/', 'sessions/x/', 'x/chats/'].flatMap((folder) =>
    [...names, `session-x${end}`, `T-x${end}`, `x.settings${end}`, `events${end}`, `wire${end}`].map(
      (name) => folder + name,
    ),
  );
};

const specimens = logSpecimens().flatMap((specimen) => {
  const { importer, sample } = specimen;
  const places = placesOf(sample).filter((path) => importer.fileKind(path) === specimen.kind);
  return places.length === 0 ? [] : [[sample, specimen, places[0] ?? ''] as const];
});

test('the changes of files are met by every format that keeps logs of lines', () => {
  const all: readonly LogImporter[] = logImporters;
  const kept = all.filter(({ openLines, fileKind }) => openLines && fileKind('x/a.jsonl') === 'lines');
  const met = new Set(specimens.map(([, { importer }]) => importer.id));
  // OMP writes Pi's lines, by Pi's reader, and has no sample of its own.
  expect(kept.flatMap(({ id }) => (met.has(id) ? [] : [id]))).toEqual(['omp']);
});

let t: TestCore;
beforeEach(async () => {
  t = await startTestCore();
});
afterEach(() => t[Symbol.asyncDispose]());

async function scanned(specimen: LogSpecimen) {
  const { tools } = await t.call('scan.run', { tools: [specimen.importer.id] });
  const { totals } = await t.call('report.run', { by: [], filters: {} });
  return { tool: tools[0], totals };
}

async function follow(specimen: LogSpecimen, place: string): Promise<string> {
  const folder = join(t.dir, 'logs');
  const path = join(folder, place);
  mkdirSync(dirname(path), { recursive: true });
  await t.call('settings.save', { logFolders: { [specimen.importer.id]: [folder] } });
  return path;
}

describe.each(specimens)('%s', (_sample, specimen, place) => {
  const text = logText(specimen, specimen.units);

  test('53: cut anywhere, then whole, it is counted once', async () => {
    const path = await follow(specimen, place);
    writeFileSync(path, text);
    const whole = (await scanned(specimen)).totals;
    expect(whole.records).toBeGreaterThan(0);
    for (const cut of [text.length - 1, Math.floor(text.length / 2), 1, text.length]) {
      writeFileSync(path, text.slice(0, cut));
      await scanned(specimen);
    }
    writeFileSync(path, text);
    expect((await scanned(specimen)).totals, 'the same lines as before').toEqual(whole);
  });

  test('67 and 68: rotated, truncated, replaced, deleted, swapped for a link, with a hole: nothing lost or doubled', async () => {
    const path = await follow(specimen, place);
    writeFileSync(path, text);
    const whole = (await scanned(specimen)).totals;
    const changes: Readonly<Record<string, () => void>> = {
      truncated: () => writeFileSync(path, ''),
      'written anew': () => writeFileSync(path, text),
      'replaced by another inode': () => {
        writeFileSync(`${path}.new`, text);
        renameSync(`${path}.new`, path);
      },
      deleted: () => rmSync(path),
      'swapped for a link': () => {
        writeFileSync(join(t.dir, 'elsewhere'), text);
        symlinkSync(join(t.dir, 'elsewhere'), path);
      },
      'a folder in its place': () => {
        rmSync(path);
        mkdirSync(path);
      },
      back: () => {
        rmSync(path, { recursive: true });
        writeFileSync(path, text);
      },
      'with a hole of zeros': () =>
        writeFileSync(path, specimen.kind === 'lines' ? `${'\0'.repeat(9_000)}${text}` : text),
      'shorter than what was read, after a restart': () => writeFileSync(path, text.slice(0, 40)),
      'whole again': () => writeFileSync(path, text),
    };
    for (const [what, change] of Object.entries(changes)) {
      change();
      if (what.includes('restart')) await t.restart();
      const { tool, totals } = await scanned(specimen);
      expect(totals, what).toEqual(whole);
      expect(tool?.accepted ?? 0, what).toBe(0);
    }
    expect(readFileSync(path, 'utf8'), 'logs are only read').toBe(text);
  });
});
