import { FileInput } from 'lucide-react';
import { useState } from 'react';
import type { ImportRow } from '../../../src-preload/contract/imports.ts';
import type { CallError } from '../../api/call-error.ts';
import { Amount } from '../../ui/amount.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card, CardHead } from '../../ui/card.tsx';
import { cx } from '../../ui/cx.ts';
import { mostPlaces } from '../../ui/decimals.ts';
import { Empty } from '../../ui/empty.tsx';
import { Notice } from '../../ui/notice.tsx';
import { formatCount, plural } from '../../ui/numbers.ts';
import { Skeleton } from '../../ui/progress.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Cell, HeadCell, Row, Table } from '../../ui/table.tsx';
import { useMoney } from '../../ui/use-money.ts';
import { useView } from '../../ui/use-view.ts';
import { formatWhen } from '../../ui/when.ts';
import { type HistoryShow, hasBothKinds, rowsFor } from './history-view.ts';

interface HistoryTableProps {
  /** Null while they are on their way. */
  readonly imports: readonly ImportRow[] | null;
  readonly error: CallError | null;
  readonly onOpen: (id: number) => void;
}

/** A vendor read every day is a row every day: more than these are drawn when asked for. */
const pageOfRows = 200;

const showOptions = [
  { value: 'all', label: 'All' },
  { value: 'brought', label: 'Files and logs' },
  { value: 'read', label: 'Syncs and calls' },
] as const;

/** Every import, newest first. A row opens to its refused rows and Undo. */
export function HistoryTable({ imports, error, onOpen }: HistoryTableProps) {
  const { money } = useMoney();
  const [show, setShow] = useState<HistoryShow>('all');
  const [most, setMost] = useState(pageOfRows);
  const all = imports ?? [];
  const hasChoice = hasBothKinds(all);
  const chosen = rowsFor(hasChoice ? show : 'all', all);
  const rows = chosen.slice(0, most);
  const places = mostPlaces(rows.map((row) => money(row.costNanoUsd)));
  const undone = imports?.filter((row) => row.state === 'undone').length ?? 0;
  const sum =
    undone > 0
      ? `${plural(imports?.length ?? 0, 'import')}, ${formatCount(undone)} undone`
      : plural(imports?.length ?? 0, 'import');
  return (
    <Card aria-labelledby="history">
      <CardHead
        id="history"
        title="History"
        {...(imports !== null && { sum })}
        {...(hasChoice && {
          tools: <Segmented small label="Show" options={showOptions} value={show} onChange={setShow} />,
        })}
      />
      {error && (
        <Notice tone="over" className="mx-4 mb-3">
          {error.message}
        </Notice>
      )}
      {imports?.length === 0 ? (
        <Empty icon={FileInput} title="Nothing was imported yet" className="border-t">
          Each file, each reading of the agents' logs and each day of a vendor's is listed here, with what it
          added and a way to take it back.
        </Empty>
      ) : (
        <div className="overflow-x-auto">
          <Table aria-labelledby="history" className="min-w-190 narrow:min-w-184">
            <Columns />
            <Head />
            <tbody>
              {imports === null ? (
                <SkeletonRows />
              ) : (
                rows.map((row) => <HistoryRow key={row.id} row={row} onOpen={onOpen} places={places} />)
              )}
            </tbody>
          </Table>
        </div>
      )}
      {rows.length < chosen.length && (
        <Button kind="quiet" className="m-1 self-start" onClick={() => setMost(most + pageOfRows)}>
          Show {formatCount(Math.min(pageOfRows, chosen.length - rows.length))} more
        </Button>
      )}
    </Card>
  );
}

function Columns() {
  return (
    <colgroup>
      <col />
      <col className="w-48 narrow:w-36" />
      <col className="w-36 narrow:hidden" />
      <col className="w-30" />
      <col className="w-18 narrow:w-16" />
      <col className="w-20 narrow:w-19" />
      <col className="w-18" />
      <col className="w-24 narrow:w-22" />
    </colgroup>
  );
}

function Head() {
  return (
    <thead>
      <tr>
        <HeadCell>File</HeadCell>
        <HeadCell>Format</HeadCell>
        <HeadCell className="narrow:hidden">Account</HeadCell>
        <HeadCell>When</HeadCell>
        <HeadCell align="right">New</HeadCell>
        <HeadCell align="right">Duplicate</HeadCell>
        <HeadCell align="right">Refused</HeadCell>
        <HeadCell align="right">Money</HeadCell>
      </tr>
    </thead>
  );
}

interface HistoryRowProps {
  readonly row: ImportRow;
  readonly onOpen: (id: number) => void;
  readonly places: number;
}

function HistoryRow({ row, onOpen, places }: HistoryRowProps) {
  const { zone, today } = useView();
  const { counts } = row;
  const isUndone = row.state === 'undone';
  return (
    <Row className={cx('cursor-default', isUndone && 'text-text-3')} onClick={() => onOpen(row.id)}>
      <Cell className="h-8!">
        <span className="flex min-w-0 items-center gap-2">
          <button
            type="button"
            title={row.path ?? row.fileName}
            className="min-w-0 truncate rounded-sm font-medium hover:underline"
          >
            {row.fileName}
          </button>
          <ImportState row={row} />
        </span>
      </Cell>
      <Cell title={row.formatLabel}>{row.formatLabel}</Cell>
      <Cell className="narrow:hidden" title={row.account}>
        {row.account}
      </Cell>
      <Cell className="tnum">{formatWhen(row.at, 'minute', zone, today)}</Cell>
      <Cell align="right">{formatCount(counts.accepted)}</Cell>
      <Cell align="right" className={cx(counts.duplicate === 0 && 'text-text-3')}>
        {formatCount(counts.duplicate)}
      </Cell>
      <Cell align="right" className={counts.refused > 0 ? 'text-over' : 'text-text-3'}>
        {formatCount(counts.refused)}
      </Cell>
      <Cell align="right" className={cx(isUndone && 'line-through')}>
        <Amount nanoUsd={row.costNanoUsd} places={places} />
      </Cell>
    </Row>
  );
}

const kindWords: Readonly<Record<ImportRow['kind'], string | null>> = {
  ...{ file: null, scan: 'Log scan', sync: 'Sync', calls: 'Calls' },
};

/** What became of an import, where that is not simply "it is in the ledger". */
export function ImportState({ row }: { readonly row: ImportRow }) {
  if (row.state === 'undone') return <Badge>Undone</Badge>;
  if (row.sample) return <Badge tone="info">Sample</Badge>;
  const how = kindWords[row.kind];
  if (how !== null) return <Badge>{how}</Badge>;
  return <span className="sr-only">In the ledger</span>;
}

function SkeletonRows() {
  return [0, 1, 2].map((row) => (
    <Row key={row} aria-hidden>
      <Cell className="h-8!" colSpan={8}>
        <Skeleton className="w-3/5" />
      </Cell>
    </Row>
  ));
}
