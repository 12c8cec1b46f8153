import { useMemo } from 'react';
import type { ReportRow } from '../../../src-preload/contract/report.ts';
import { useRoute } from '../../api/client.ts';
import { Aligned } from '../../ui/aligned.tsx';
import { Card, CardHead } from '../../ui/card.tsx';
import { ChartTools } from '../../ui/chart/chart-tools.tsx';
import { usdCell } from '../../ui/csv.ts';
import { mostPlaces } from '../../ui/decimals.ts';
import { formatPercent, plural } from '../../ui/numbers.ts';
import { Swatch } from '../../ui/swatch.tsx';
import { Cell, HeadCell, InlineBar, Row, Table } from '../../ui/table.tsx';
import { useSlots } from '../../ui/use-slots.ts';
import { useView } from '../../ui/use-view.ts';
import { activityHref, type View } from '../../ui/view.ts';
import { type Measure, measureWords } from './measure.ts';
import { type Breakdown, filterFor } from './names.ts';
import { type Rank, rank } from './ranking.ts';
import { type MeasureFormat, useFormat } from './use-format.ts';

const mostRows = 7;
const mostLinkedNames = 20;
const titles = { model: 'Top models', provider: 'Top providers', project: 'Top projects' } as const;
const heads = { model: 'Model', provider: 'Provider', project: 'Project' } as const;
const noRows: readonly ReportRow[] = [];

interface RankingCardProps {
  readonly by: Breakdown;
  readonly measure: Measure;
}

/** The names that count most, with their share. */
export function RankingCard({ by, measure }: RankingCardProps) {
  const { view, filters } = useView();
  const format = useFormat(measure);
  const rows = useRoute('report.run', { by: [by], filters }, { keepPrevious: true }).data?.rows ?? noRows;
  const ranking = useMemo(() => rank(rows, by, measure, mostRows), [rows, by, measure]);
  const slots = useSlots(by)(ranking.ranks.flatMap((one) => (one.name === null ? [] : [one.name])));
  const places = mostPlaces(ranking.ranks.map((one) => format.text(one.value)));
  const csv = () => [
    [heads[by], 'Requests', measure === 'requests' ? 'Value' : 'USD'],
    ...rank(rows, by, measure, Number.POSITIVE_INFINITY).ranks.map((one) => [
      one.label,
      one.requests,
      measure === 'requests' ? one.value : usdCell(one.value),
    ]),
  ];
  return (
    <Card aria-label={titles[by]}>
      <CardHead
        title={titles[by]}
        sum={measureWords[measure] ?? undefined}
        tools={<ChartTools title={titles[by]} rows={csv} />}
      />
      <Table className="pb-1" aria-label={titles[by]}>
        <colgroup>
          <col />
          <col className="w-13 max-[1399px]:w-9" />
          <col className="w-19" />
          <col className="w-18" />
        </colgroup>
        <thead>
          <tr>
            <HeadCell>{heads[by]}</HeadCell>
            <HeadCell>
              <span className="sr-only">Bar</span>
            </HeadCell>
            <HeadCell align="right" className="text-text!">
              {measure === 'requests' ? 'Requests' : 'Usage'}
            </HeadCell>
            <HeadCell align="right">Share</HeadCell>
          </tr>
        </thead>
        <tbody>
          {ranking.ranks.map((one) => (
            <RankRow
              key={one.label}
              rank={one}
              slot={by === 'project' ? undefined : one.name === null ? null : (slots.get(one.name) ?? null)}
              share={one.name !== null && ranking.largest > 0 ? one.value / ranking.largest : 0}
              percent={formatPercent(one.value, ranking.total)}
              href={hrefFor(view, by, one)}
              format={format}
              places={places}
            />
          ))}
        </tbody>
      </Table>
    </Card>
  );
}

interface RankRowProps {
  readonly rank: Rank;
  /** undefined draws no swatch: projects have no colour. */
  readonly slot: Parameters<typeof Swatch>[0]['slot'] | undefined;
  readonly share: number;
  readonly percent: string;
  readonly href: string;
  readonly format: MeasureFormat;
  /** Decimals of the longest amount in the column. */
  readonly places: number;
}

function RankRow({ rank: one, slot, share, percent, href, format, places }: RankRowProps) {
  const unknown = one.value === 0 && one.unpricedRequests > 0;
  return (
    <Row>
      <Cell>
        <a
          href={href}
          title={one.label}
          className="flex min-w-0 items-center gap-2 rounded-sm hover:underline"
        >
          {slot !== undefined && <Swatch slot={slot} />}
          <span className={one.name === null || one.name === '' ? 'truncate text-text-2' : 'truncate'}>
            {one.label}
          </span>
        </a>
      </Cell>
      <Cell>
        <InlineBar share={share} />
      </Cell>
      <Cell align="right" title={unknown ? plural(one.unpricedRequests, 'request') : format.exact(one.value)}>
        {unknown ? (
          <span className="text-warn">unpriced</span>
        ) : (
          <Aligned text={format.text(one.value)} places={places} />
        )}
      </Cell>
      <Cell align="right" className="text-text-2">
        {unknown ? '–' : percent}
      </Cell>
    </Row>
  );
}

function hrefFor(view: View, by: Breakdown, { names }: Rank): string {
  if (names.length <= mostLinkedNames) return activityHref(view, filterFor(by, names));
  // too many for a link: all of them, grouped, largest first
  const all = activityHref(view);
  return `${all}${all.includes('?') ? '&' : '?'}by=${by}`;
}
