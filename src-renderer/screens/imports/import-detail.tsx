import { Download, Undo2 } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import type { ImportRow, Problem } from '../../../src-preload/contract/imports.ts';
import { callRoute, useRoute } from '../../api/client.ts';
import { saveBlob } from '../../api/save-blob.ts';
import { Amount } from '../../ui/amount.tsx';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { formatRange } from '../../ui/dates.ts';
import { Confirm } from '../../ui/dialog.tsx';
import { Notice } from '../../ui/notice.tsx';
import { formatCount, plural } from '../../ui/numbers.ts';
import { Sheet } from '../../ui/sheet.tsx';
import { toast } from '../../ui/toast.tsx';
import { useView } from '../../ui/use-view.ts';
import { hrefOf } from '../../ui/view.ts';
import { formatWhen } from '../../ui/when.ts';
import { undoImports } from './commit-toast.ts';
import { RowCounts } from './count-tiles.tsx';
import { ImportState } from './history-table.tsx';
import { ProblemList } from './problem-list.tsx';
import { problemsCsv } from './problems-csv.ts';
import { Section, TextButton } from './section.tsx';

/** One import: what it came to, its refused rows, its records, and Undo. */
export function ImportDetail({ row, onClose }: { readonly row: ImportRow; readonly onClose: () => void }) {
  const [asking, setAsking] = useState(false);
  const { zone, today } = useView();
  const isUndone = row.state === 'undone';
  const records = useRef<HTMLAnchorElement>(null);
  return (
    <Sheet
      open
      initialFocus={() => records.current}
      onOpenChange={(open) => {
        if (!open && !asking) onClose();
      }}
      title={row.fileName}
      description={`${row.formatLabel}, ${formatWhen(row.at, 'minute', zone, today)}`}
      footer={
        <>
          <span className="flex-1 text-text-3 text-xs">
            {isUndone
              ? `Its records are out of the ledger. ${comesBack[row.kind]}`
              : 'Undo is always possible, also long after.'}
          </span>
          {!isUndone && (
            <>
              <Button kind="danger" size="lg" icon={Undo2} onClick={() => setAsking(true)}>
                Undo import
              </Button>
              <ButtonLink ref={records} size="lg" href={recordsHref(row)} onClick={onClose}>
                Show its records
              </ButtonLink>
            </>
          )}
        </>
      }
    >
      <div className="pb-5">
        <Facts row={row} />
        {isUndone && (
          <Notice tone="info" className="mb-4">
            {undoneWords(row, zone, today)}
          </Notice>
        )}
        <RowCounts counts={row.counts} />
        <RefusedRows row={row} />
      </div>
      <UndoConfirm row={row} open={asking} onOpenChange={setAsking} />
    </Sheet>
  );
}

function Facts({ row }: { readonly row: ImportRow }) {
  const { today } = useView();
  return (
    <dl className="grid grid-cols-4 gap-x-3 pt-2 pb-3">
      <Fact label="Account">{row.account}</Fact>
      <Fact label="Days">
        {row.firstDay && row.lastDay ? formatRange(row.firstDay, row.lastDay, today) : '–'}
      </Fact>
      <Fact label="Money in its rows">
        <Amount nanoUsd={row.costNanoUsd} />
      </Fact>
      <Fact label="State">
        {row.state === 'committed' && row.kind === 'file' && !row.sample ? (
          'In the ledger'
        ) : (
          <ImportState row={row} />
        )}
      </Fact>
      {row.path !== null && (
        <Fact label="Path" wide>
          <code className="truncate font-mono text-xs" title={row.path}>
            {row.path}
          </code>
        </Fact>
      )}
    </dl>
  );
}

function Fact({
  label,
  wide,
  children,
}: {
  readonly label: string;
  readonly wide?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <div className={wide ? 'col-span-4 mt-2 min-w-0' : 'min-w-0'}>
      <dt className="text-text-3 text-xs">{label}</dt>
      <dd className="tnum flex h-6 items-center truncate font-medium text-sm">{children}</dd>
    </div>
  );
}

function RefusedRows({ row }: { readonly row: ImportRow }) {
  const answer = useRoute('imports.problems', { importId: row.id }, { enabled: row.counts.refused > 0 }).data;
  if (row.counts.refused === 0) return null;
  return (
    <Section
      title="Refused rows"
      sum={plural(row.counts.refused, 'row')}
      tools={
        <TextButton onClick={() => void saveProblems(row)}>
          <Download aria-hidden className="mr-1 inline size-3" />
          Save as CSV
        </TextButton>
      }
    >
      {answer && <ProblemList problems={answer.problems} />}
      {answer && answer.total > answer.problems.length && (
        <p className="mt-1.5 text-text-3 text-xs">
          The first {formatCount(answer.problems.length)} are shown; the CSV holds all{' '}
          {formatCount(answer.total)}.
        </p>
      )}
    </Section>
  );
}

async function saveProblems(row: ImportRow): Promise<void> {
  try {
    const all: Problem[] = [];
    for (;;) {
      const { problems, total } = await callRoute('imports.problems', {
        importId: row.id,
        offset: all.length,
      });
      all.push(...problems);
      if (problems.length === 0 || all.length >= total) break;
    }
    saveBlob(
      new Blob([problemsCsv(row.fileName, all)], { type: 'text/csv' }),
      `${row.fileName} refused rows.csv`,
    );
  } catch (error) {
    toast.error(error instanceof Error ? error.message : 'The refused rows could not be read.');
  }
}

interface UndoConfirmProps {
  readonly row: ImportRow;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

function UndoConfirm({ row, open, onOpenChange }: UndoConfirmProps) {
  const [busy, setBusy] = useState(false);
  const undo = async () => {
    setBusy(true);
    await undoImports([row.id]);
    setBusy(false);
    onOpenChange(false);
  };
  return (
    <Confirm
      open={open}
      onOpenChange={onOpenChange}
      title="Undo this import?"
      action={`Undo ${plural(row.counts.accepted, 'record')}`}
      danger
      busy={busy}
      onConfirm={() => void undo()}
    >
      <p>
        {plural(row.counts.accepted, 'record')} of {row.fileName} leave the ledger, and totals go back to what
        they are without them.
      </p>
      <p className="mt-2">
        {row.kind === 'file' && 'The file itself is not touched. '}
        {comesBack[row.kind]} This entry stays in the history, marked as undone.
      </p>
    </Confirm>
  );
}

function recordsHref(row: ImportRow): string {
  const bounds = row.firstDay && row.lastDay ? { from: row.firstDay, to: row.lastDay } : {};
  return hrefOf('/activity', { range: 'custom', ...bounds, filters: { importId: row.id } });
}

const comesBack: Readonly<Record<ImportRow['kind'], string>> = {
  file: 'Import the file again to bring them back.',
  scan: 'Read the logs again to bring back what is still in them.',
  sync: 'Sync again to bring back what the vendor still states.',
  calls: 'Calls cannot be asked for again.',
};

function undoneWords(row: ImportRow, zone: string, today: string): string {
  const when = row.undoneAt === null ? '' : ` on ${formatWhen(row.undoneAt, 'minute', zone, today)}`;
  return `Undone${when}. Its rows count nowhere.`;
}
