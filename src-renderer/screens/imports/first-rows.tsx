import { useState } from 'react';
import type { PreviewRow, ReadyPreview } from '../../../src-preload/contract/imports.ts';
import { Amount } from '../../ui/amount.tsx';
import { Badge } from '../../ui/badge.tsx';
import { cx } from '../../ui/cx.ts';
import { mostPlaces } from '../../ui/decimals.ts';
import { formatCount } from '../../ui/numbers.ts';
import { Cell, HeadCell, Row, Table } from '../../ui/table.tsx';
import { useMoney } from '../../ui/use-money.ts';
import { useView } from '../../ui/use-view.ts';
import { formatWhen, whenTitle } from '../../ui/when.ts';
import { rowsOf } from './counts.ts';
import { Section, TextButton } from './section.tsx';

const shownFirst = 8;

/** The first rows of a file as they would enter the ledger. */
export function FirstRows({ preview }: { readonly preview: ReadyPreview }) {
  const [all, setAll] = useState(false);
  const rows = all ? preview.firstRows : preview.firstRows.slice(0, shownFirst);
  const { money } = useMoney();
  const places = mostPlaces(rows.map((row) => money(row.costNanoUsd ?? 0)));
  if (rows.length === 0) return null;
  return (
    <Section
      title="First rows"
      sum={`${formatCount(rows.length)} of ${formatCount(rowsOf(preview.counts))}`}
      tools={
        preview.firstRows.length > shownFirst && (
          <TextButton onClick={() => setAll(!all)}>
            {all ? 'Show fewer' : `Show ${formatCount(preview.firstRows.length)}`}
          </TextButton>
        )
      }
    >
      <div className="overflow-hidden rounded-lg border">
        <Table aria-label="First rows">
          <colgroup>
            <col className="w-12" />
            <col className="w-30" />
            <col />
            <col className="w-22" />
            <col className="w-16" />
            <col className="w-16" />
            <col className="w-20" />
            <col className="w-23" />
          </colgroup>
          <thead>
            <tr>
              {heads.map(({ label, right }) => (
                <HeadCell
                  key={label}
                  align={right ? 'right' : 'left'}
                  className="static! bg-sunken! first:pl-2"
                >
                  {label === 'State' ? <span className="sr-only">State</span> : label}
                </HeadCell>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: one line may state several records; the list never moves
              <PreviewLine key={index} row={row} places={places} />
            ))}
          </tbody>
        </Table>
      </div>
    </Section>
  );
}

const heads = [
  { label: 'Line', right: true },
  { label: 'Time', right: false },
  { label: 'Model', right: false },
  { label: 'Project', right: false },
  { label: 'Input', right: true },
  { label: 'Output', right: true },
  { label: 'Cost', right: true },
  { label: 'State', right: false },
] as const;

function PreviewLine({ row, places }: { readonly row: PreviewRow; readonly places: number }) {
  const { zone, today } = useView();
  const grain = row.grain as Parameters<typeof formatWhen>[1];
  return (
    <Row className={cx(row.state === 'duplicate' && 'text-text-3')}>
      <Cell align="right" className="text-text-3 first:pl-2">
        {row.line > 0 ? formatCount(row.line) : <Unknown />}
      </Cell>
      <Cell className="tnum" title={whenTitle(grain, zone)}>
        {formatWhen(row.at, grain, zone, today)}
      </Cell>
      <Cell title={row.model ?? undefined}>{row.model ?? <Unknown />}</Cell>
      <Cell title={row.project ?? undefined}>{row.project ?? <Unknown />}</Cell>
      <Tokens count={promptOf(row)} />
      <Tokens count={row.tokens.output} />
      <Cell align="right">
        {row.costNanoUsd === null ? <Unknown /> : <Amount nanoUsd={row.costNanoUsd} places={places} />}
      </Cell>
      <Cell>
        <RowState state={row.state} />
      </Cell>
    </Row>
  );
}

function Tokens({ count }: { readonly count: number }) {
  return <Cell align="right">{count === 0 ? <Unknown /> : formatCount(count)}</Cell>;
}

function RowState({ state }: { readonly state: PreviewRow['state'] }) {
  switch (state) {
    case 'duplicate':
      return <Badge>Duplicate</Badge>;
    case 'unpriced':
      return <Badge tone="warn">Unpriced</Badge>;
    case 'updated':
      return <Badge tone="info">Updated</Badge>;
    case 'new':
      return <span className="sr-only">New</span>;
  }
}

function Unknown() {
  return <span className="text-text-3">–</span>;
}

/** The whole prompt, cache included, as vendors' own tables show it. */
function promptOf({ tokens }: PreviewRow): number {
  const { input, cacheRead, cacheWrite5m, cacheWrite1h, cacheWriteUnknown } = tokens;
  return input + cacheRead + cacheWrite5m + cacheWrite1h + cacheWriteUnknown;
}
