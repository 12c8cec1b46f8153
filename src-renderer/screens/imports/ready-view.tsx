import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ReadyPreview } from '../../../src-preload/contract/imports.ts';
import { saveBlob } from '../../api/save-blob.ts';
import { cx } from '../../ui/cx.ts';
import { formatRange } from '../../ui/dates.ts';
import { EvidenceChip } from '../../ui/evidence-chip.tsx';
import { Notice, noticeAction } from '../../ui/notice.tsx';
import { formatCount, plural } from '../../ui/numbers.ts';
import { useView } from '../../ui/use-view.ts';
import { AccountField } from './account-field.tsx';
import { CountTiles } from './count-tiles.tsx';
import { FirstRows } from './first-rows.tsx';
import { ProblemList } from './problem-list.tsx';
import { problemsCsv } from './problems-csv.ts';
import { Section, TextButton } from './section.tsx';

interface ReadyViewProps {
  readonly preview: ReadyPreview;
  /** The file is being read again or committed: shown, but not to be changed. */
  readonly busy: boolean;
  readonly onAccount: (account: string) => void;
  /** Closes the sheet: another page is wanted. */
  readonly onLeave: () => void;
}

/** What a recognised file would do to the ledger. */
export function ReadyView({ preview, busy, onAccount, onLeave }: ReadyViewProps) {
  return (
    <div aria-busy={busy} className={cx('pb-5', busy && 'opacity-60')}>
      <Facts preview={preview} busy={busy} onAccount={onAccount} />
      <CountTiles previews={[preview]} counts={preview.counts} />
      {preview.warnings.length > 0 && (
        <div className="mt-4 flex flex-col gap-2">
          {preview.warnings.map((warning) => (
            <Warning key={warning} text={warning} onLeave={onLeave} />
          ))}
        </div>
      )}
      <FirstRows preview={preview} />
      <Problems preview={preview} />
    </div>
  );
}

const ratesHref = '#/settings?tab=general';

/** A sentence of the preview; one about a missing exchange rate comes with the way to add it. */
function Warning({ text, onLeave }: { readonly text: string; readonly onLeave: () => void }) {
  if (!text.startsWith('No exchange rate for ')) return <Notice>{text}</Notice>;
  return (
    <Notice
      actions={
        <a
          href={ratesHref}
          onClick={onLeave}
          title="Closes this sheet. Add the rate under Currency, then choose the file again."
          className={noticeAction(true)}
        >
          Add a rate
        </a>
      }
    >
      {text}
    </Notice>
  );
}

function Facts({ preview, busy, onAccount }: Omit<ReadyViewProps, 'onLeave'>) {
  const { today } = useView();
  const { firstDay, lastDay } = preview;
  return (
    <dl className="grid grid-cols-[1.25fr_0.8fr_1fr_1.05fr] gap-x-3 pt-2 pb-3">
      <Fact label="Format">
        <Check aria-hidden className="size-3.5 shrink-0 text-good" strokeWidth={2.25} />
        <span className="truncate" title={preview.formatLabel}>
          {preview.mappingName === null ? preview.formatLabel : `Your columns “${preview.mappingName}”`}
        </span>
      </Fact>
      <Fact label="Evidence">
        <EvidenceChip evidence={preview.evidence} />
      </Fact>
      <Fact label="Days">
        <span className="tnum truncate">
          {firstDay === null || lastDay === null ? 'none' : formatRange(firstDay, lastDay, today)}
        </span>
      </Fact>
      <Fact label="Account">
        <AccountField value={preview.accountName} disabled={busy} onChange={onAccount} />
      </Fact>
    </dl>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-text-3 text-xs">{label}</dt>
      <dd className="flex h-6 items-center gap-1.25 font-medium text-sm">{children}</dd>
    </div>
  );
}

function Problems({ preview }: { readonly preview: ReadyPreview }) {
  const { problems, counts, fileName } = preview;
  if (counts.refused === 0) return null;
  const save = () => {
    saveBlob(
      new Blob([problemsCsv(fileName, problems)], { type: 'text/csv' }),
      `${fileName} refused rows.csv`,
    );
  };
  return (
    <Section
      title="Problems"
      sum={`${plural(counts.refused, 'row')} refused`}
      tools={<TextButton onClick={save}>Save as CSV</TextButton>}
    >
      <ProblemList problems={problems} />
      {counts.refused > problems.length && (
        <p className="mt-1.5 text-text-3 text-xs">
          The first {formatCount(problems.length)} are shown. All {formatCount(counts.refused)} are kept with
          the import.
        </p>
      )}
    </Section>
  );
}
