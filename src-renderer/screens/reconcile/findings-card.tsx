import { ArrowRight } from 'lucide-react';
import type { Finding, MonthDetail } from '../../../src-preload/contract/reconcile.ts';
import { Amount } from '../../ui/amount.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Card, CardHead } from '../../ui/card.tsx';
import { cx } from '../../ui/cx.ts';
import { wordsOfCertainty } from './words.ts';

/** Where the gap may come from: what explains most first, each with what speaks for it. */
export function FindingsCard({ detail: { findings, month } }: { readonly detail: MonthDetail }) {
  return (
    <Card aria-labelledby="causes">
      <CardHead id="causes" title="Where the gap may come from" />
      {findings.length === 0 ? (
        <p className="px-4 pb-4 text-sm text-text-2">
          {month.verdict === 'agrees'
            ? 'There is no gap to explain.'
            : 'Nothing in the ledger points to a cause.'}
        </p>
      ) : (
        <ol className="flex flex-col">
          {findings.map((finding) => (
            <FindingItem key={finding.kind} finding={finding} gap={month.gapNanoUsd} />
          ))}
        </ol>
      )}
    </Card>
  );
}

function FindingItem({ finding, gap }: { readonly finding: Finding; readonly gap: number | null }) {
  const { title, evidence, explainsNanoUsd, certainty, action, kind } = finding;
  const isRest = kind === 'unexplained';
  const { label, tone } = wordsOfCertainty(certainty);
  return (
    <li className={cx('border-t border-t-grid px-4 py-3', isRest && 'bg-sunken')}>
      <div className="flex items-baseline gap-2">
        <h3 className="min-w-0 flex-1 font-medium text-md">{title}</h3>
        {explainsNanoUsd !== null && explainsNanoUsd !== 0 && (
          <span className="tnum shrink-0 font-semibold text-sm">
            <Amount nanoUsd={explainsNanoUsd} signed />
          </span>
        )}
      </div>
      <ExplainsBar explains={explainsNanoUsd} gap={gap} />
      <ul className="mt-1 flex flex-col gap-0.5 text-sm text-text-2">
        {evidence.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {(!isRest || action !== null) && (
        <div className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1">
          {!isRest && <Badge tone={tone}>{label}</Badge>}
          {action !== null && <FindingAction {...action} />}
        </div>
      )}
    </li>
  );
}

function FindingAction({ text, to }: NonNullable<Finding['action']>) {
  if (to === null) return <span className="text-sm">{text}</span>;
  return (
    <a
      href={`#${to}`}
      className="inline-flex items-center gap-1 rounded-sm font-medium text-accent-text text-sm hover:underline"
    >
      {text}
      <ArrowRight aria-hidden className="size-3.5" strokeWidth={1.5} />
    </a>
  );
}

/** The part of the gap a cause explains. */
function ExplainsBar({ explains, gap }: { readonly explains: number | null; readonly gap: number | null }) {
  if (explains === null || explains === 0 || gap === null || gap === 0) return null;
  const share = Math.min(1, Math.abs(explains / gap));
  return (
    <span aria-hidden className="mt-1.5 mb-1.5 block h-1 overflow-hidden rounded-xs bg-track">
      <i className="block h-full rounded-xs bg-heat-4" style={{ width: `${share * 100}%` }} />
    </span>
  );
}
