import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { sample, testBox } from '../test-box.ts';

const box = testBox();
const { json, llmlab } = box;

describe('import', () => {
  it('refuses an export that would count several times over, and says what to import instead', async () => {
    const file = sample('litellm_usage_daily_with_models.csv');
    for (const flags of [['--dry-run'], [], ['--map', 'date=Date,cost=Spend ($)']]) {
      const { code, data } = await json('import', file, ...flags);
      expect(code).not.toBe(0);
      expect(data.files[0]).toMatchObject({
        accepted: 0,
        importId: null,
        error: { code: 'EXPORT_REFUSED' },
      });
    }
    const { err, out } = await llmlab('import', file);
    expect(err + out).toContain('Import the daily export without models instead');
    expect((await json('imports')).data.imports).toEqual([]);
  });

  it('adds to the nano-dollar, adds nothing the second time, and can be undone', async () => {
    const first = await json('import', sample('openai_cost.csv'));
    expect(first.code).toBe(0);
    const [file] = first.data.files;
    expect(file).toMatchObject({
      path: sample('openai_cost.csv'),
      format: 'openai-cost',
      duplicate: 0,
      refused: 0,
    });
    expect(file.accepted).toBe(4);
    const report = await json('report', '--by', 'model');
    expect(report.data.totals.cashNanoUsd).toBe(38_120_000);

    const again = await json('import', sample('openai_cost.csv'));
    expect(again.code).toBe(0);
    expect(again.data.files[0]).toMatchObject({ accepted: 0, duplicate: 4, refused: 0 });
    expect((await json('report')).data.totals).toEqual(report.data.totals);

    expect((await llmlab('undo', String(file.importId))).code).toBe(0);
    expect((await json('report')).data.totals).toMatchObject({ cashNanoUsd: 0, records: 0 });
    expect((await json('imports')).data.imports[0]).toMatchObject({ id: file.importId, state: 'undone' });
  });

  it('dry-run tells the same and writes nothing', async () => {
    const { code, data } = await json('import', sample('openai_cost.csv'), '--dry-run');
    expect(code).toBe(0);
    expect(data.files[0]).toMatchObject({ accepted: 4, importId: null, costNanoUsd: 38_120_000 });
    expect((await json('imports')).data.imports).toEqual([]);
  });

  it('goes on after a file that cannot be read, and ends with 1 only when none could', async () => {
    writeFileSync(join(box.dir, 'noise.bin'), Buffer.from([0, 1, 2, 3, 255]));
    const mixed = await json('import', 'missing.csv', 'noise.bin', sample('openai_cost.csv'));
    expect(mixed.code).toBe(0);
    expect(mixed.data.files.map((file: { error: unknown }) => file.error === null)).toEqual([
      false,
      false,
      true,
    ]);
    expect(mixed.err).toContain('missing.csv: The file does not exist.');
    const none = await json('import', 'missing.csv', 'noise.bin');
    expect(none.code).toBe(1);
    expect(none.data.files[0]).toMatchObject({ path: 'missing.csv', format: null, importId: null });
  });

  it('says that a folder is one, and goes on', async () => {
    const { code, err } = await llmlab('import', '.', sample('openai_cost.csv'));
    expect(code).toBe(0);
    expect(err).toContain('This is a folder.');
  });

  it('puts the records on the account named', async () => {
    await llmlab('import', sample('openai_cost.csv'), '--account', 'Work');
    const { data } = await json('report', '--by', 'account');
    expect(data.rows.map((row: { account: string }) => row.account)).toEqual(['Work']);
  });

  it('says in text what came in and how to take it back', async () => {
    const { out } = await llmlab('import', sample('openai_cost.csv'));
    expect(out).toMatch(
      /openai_cost\.csv: openai-cost\n {2}added 4 rows \(\$0\.0381\) to .+\n {2}take it back with: llmlab undo \d+/,
    );
  });
});

describe('what an import says', () => {
  it('says that an export is empty, not that nothing is new', async () => {
    const [header] = readFileSync(sample('openai_cost.csv'), 'utf8').split('\n');
    writeFileSync(join(box.dir, 'empty.csv'), `${header}\n`);
    for (const flags of [[], ['--dry-run']]) {
      const { out } = await llmlab('import', 'empty.csv', ...flags);
      expect(out).toContain('\n  This export has a header and no rows.');
    }
    await llmlab('import', sample('openai_cost.csv'));
    expect((await llmlab('import', sample('openai_cost.csv'))).out).not.toContain('no rows');
  });

  it('tells rows that grew from rows that are new', async () => {
    const [header = '', first = '', ...rest] = readFileSync(sample('openai_cost.csv'), 'utf8').split('\n');
    const write = (...lines: readonly string[]) => writeFileSync(join(box.dir, 'cost.csv'), lines.join('\n'));
    const grown = first.replace('0.0116', '0.0216');
    write(header, first, '');
    await llmlab('import', 'cost.csv');
    write(header, grown, '');
    expect((await llmlab('import', 'cost.csv')).out).toMatch(/^ {2}updated 1 row \(\$/m);
    write(header, first.replace('0.0116', '0.0316'), ...rest);
    expect((await llmlab('import', 'cost.csv', '--dry-run')).out).toMatch(
      /^ {2}would add 3 rows and update 1 row \(\$/m,
    );
  });
});

describe('a CSV no format knows', () => {
  const csv = 'Tag;Betrag, netto;Modell\n2026-07-01;1,25;gpt-4o\n2026-07-02;0,75;gpt-4o\n';
  beforeEach(() => writeFileSync(join(box.dir, 'own.csv'), csv));

  const map = 'date=Tag,cost="Betrag, netto",model=Modell';
  const options = 'decimal=comma,currency=USD,provider=openai,evidence=billed,dateFormat=iso,zone=UTC';

  it('is refused with its columns named', async () => {
    const { code, err } = await llmlab('import', 'own.csv');
    expect(code).toBe(1);
    expect(err).toContain('Tag, Betrag, netto, Modell');
    expect(err).toContain('--map');
  });

  it('is read with --map, exactly', async () => {
    const { code, data } = await json('import', 'own.csv', '--map', map, '--map-options', options);
    expect(code).toBe(0);
    expect(data.files[0]).toMatchObject({ accepted: 2, refused: 0, costNanoUsd: 2_000_000_000 });
  });

  it('is recognised next time when the mapping has a name', async () => {
    await llmlab('import', 'own.csv', '--map', map, '--map-options', `${options},name=Own bill`);
    writeFileSync(join(box.dir, 'next.csv'), csv.replaceAll('2026-07', '2026-08'));
    const { data } = await json('import', 'next.csv');
    expect(data.files[0]).toMatchObject({ accepted: 2, error: null });
  });

  it('is refused when the mapping names a column it does not have', async () => {
    const { code, err } = await llmlab('import', 'own.csv', '--map', 'date=Tag,cost=Kosten');
    expect(code).toBe(1);
    expect(err).toContain('no column Kosten');
  });

  it('is not guessed at: what would change the money must be said', async () => {
    const { code, err } = await llmlab('import', 'own.csv', '--map', map, '--map-options', 'decimal=comma');
    expect(code).toBe(1);
    expect(err).toContain('leaves open: currency');
  });

  it('is guessed from the columns that were named, not from those that look like it', async () => {
    writeFileSync(
      join(box.dir, 'two.csv'),
      'Invoice date;Usage date;Amount EUR;Amount USD\n2026-11-01;14.10.2026;1,10;1.20\n2026-11-02;15.10.2026;1,20;1.30\n',
    );
    const map = 'date=Usage date,cost=Amount USD';
    const { code, data } = await json('import', 'two.csv', '--map', map);
    expect(code).toBe(0);
    expect(data.files[0]).toMatchObject({ accepted: 2, refused: 0 });
    const report = await json('report', '--by', 'day');
    expect(
      report.data.rows.map((row: { day: string; cashNanoUsd: number }) => [row.day, row.cashNanoUsd]),
    ).toEqual([
      ['2026-10-14', 1_200_000_000],
      ['2026-10-15', 1_300_000_000],
    ]);
  });

  it('is not touched when the mapping makes no sense', async () => {
    expect((await llmlab('import', 'own.csv', '--map', 'cost=Betrag')).code).toBe(2);
    expect((await llmlab('import', 'own.csv', '--map', 'date=Tag,colour=Rot')).code).toBe(2);
    expect((await llmlab('import', 'own.csv', '--map', 'date=Tag', '--map-options', 'decimal=x')).code).toBe(
      2,
    );
  });
});
