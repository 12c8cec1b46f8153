import type { Report, ReportRow } from '../../../../src-preload/contract/report.ts';
import type { Figures, ReportKey } from '../../../../src-preload/contract/values.ts';
import type { Outcome, Run } from '../command.ts';
import { usdNote } from '../currency-note.ts';
import { readKeys, readRange, readZone } from '../options.ts';
import {
  atLeast,
  type Column,
  counted,
  evidenceWords,
  moment,
  number,
  plain,
  short,
  table,
} from '../text.ts';

interface ReportOptions {
  readonly by: string;
  readonly from?: string;
  readonly to?: string;
  readonly tz?: string;
}

/** `llmlab report`: rows by the chosen keys and their totals; `--to` is inclusive. */
export async function report(run: Run, options: ReportOptions): Outcome {
  const by = readKeys(options.by);
  const filters = readRange(options);
  const zone = options.tz === undefined ? {} : { zone: readZone(options.tz, '--tz') };
  const [answer, note] = await run.withReader(({ ask }) =>
    Promise.all([ask('report.run', { by: [...by], filters, ...zone }), usdNote(ask)]),
  );
  run.print(answer, () => `${reportText(answer, by)}${note}`);
  const { records, planFeeNanoUsd } = answer.totals;
  if (records === 0 && planFeeNanoUsd !== 0) {
    run.hint('No usage is counted here, only plan fees.');
  } else if (records === 0) {
    run.hint('Nothing is counted here. Try llmlab scan, llmlab import FILE, or another range.');
  } else if (answer.totals.unpricedRequests > 0) {
    const requests = counted(answer.totals.unpricedRequests, 'request');
    run.hint(`${requests} without a known price: the money is at least what is shown.`);
  }
  return undefined;
}

type Line = Figures & Partial<Pick<ReportRow, ReportKey | 'sourceId'>>;

const titles: Readonly<Record<ReportKey, string>> = {
  day: 'Day',
  model: 'Model',
  provider: 'Provider',
  project: 'Project',
  account: 'Account',
  source: 'Source',
  session: 'Session',
};

function reportText({ rows, totals, zone, asOf }: Report, by: readonly ReportKey[]): string {
  const shared = sharedLabels(rows);
  const named = (row: Line, key: ReportKey) =>
    key === 'source' && shared.has(row.source ?? '') ? `${row.source} #${row.sourceId}` : row[key];
  const keys: Column<Line>[] = by.map((key, i) => ({
    title: titles[key],
    cell: (row) => (row === totals ? (i === 0 ? 'Total' : '') : (named(row, key) ?? '(none)')),
  }));
  const lines: readonly Line[] = [...rows, totals];
  const read = asOf === null ? '' : `, read up to ${moment(asOf, zone)}`;
  return `${table([...keys, ...figureColumns(totals)], lines)}\n\nDays in ${plain(zone)}${read}.`;
}

/** Labels several sources have: those need their number to be told apart. */
function sharedLabels(rows: readonly ReportRow[]): ReadonlySet<string> {
  const first = new Map<string, number | undefined>();
  const shared = new Set<string>();
  for (const { source = '', sourceId } of rows) {
    if (first.has(source) && first.get(source) !== sourceId) shared.add(source);
    first.set(source, sourceId);
  }
  return shared;
}

function figureColumns(totals: Figures): readonly Column<Line>[] {
  const columns: (Column<Line> & { readonly shown: boolean })[] = [
    { title: 'Requests', right: true, shown: true, cell: (row) => number(row.requests) },
    { title: 'Input', right: true, shown: true, cell: ({ tokens }) => short(tokens.input) },
    {
      title: 'Cache read',
      right: true,
      shown: totals.tokens.cacheRead > 0,
      cell: ({ tokens }) => short(tokens.cacheRead),
    },
    {
      title: 'Cache write',
      right: true,
      shown: cacheWrites(totals) > 0,
      cell: (row) => short(cacheWrites(row)),
    },
    { title: 'Output', right: true, shown: true, cell: ({ tokens }) => short(tokens.output) },
    {
      title: 'Cash',
      right: true,
      shown: true,
      cell: (row) => atLeast(row.cashNanoUsd, row.unpricedCash),
    },
    {
      title: 'API-equivalent',
      right: true,
      shown: totals.equivalentNanoUsd !== 0 || totals.unpricedEquivalent > 0,
      cell: (row) => atLeast(row.equivalentNanoUsd, row.unpricedEquivalent),
    },
    { title: 'Evidence', shown: true, cell: (row) => evidenceWords(row.evidence) },
  ];
  return columns.filter(({ shown }) => shown);
}

function cacheWrites({ tokens }: Figures): number {
  return tokens.cacheWrite5m + tokens.cacheWrite1h + tokens.cacheWriteUnknown;
}
