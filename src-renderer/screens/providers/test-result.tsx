import { CircleAlert, CircleCheck, CircleHelp, type LucideIcon } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { ConnectionCheck } from '../../../src-preload/contract/connections.ts';
import type { CallError } from '../../api/call-error.ts';
import { Notice } from '../../ui/notice.tsx';
import { formatCount } from '../../ui/numbers.ts';
import { Progress } from '../../ui/progress.tsx';
import { checkGroups, checkSummary } from './check-groups.ts';

interface TestResultProps {
  readonly isPending: boolean;
  readonly error: CallError | null;
  /** Why saving failed. */
  readonly saveError: CallError | null;
  readonly result: { readonly checks: readonly ConnectionCheck[]; readonly ms: number } | undefined;
}

/** What the vendor answered to each use of the key, word for word; scrolled to, for the buttons are below the fold. */
export function TestResult({ isPending, error, saveError, result }: TestResultProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isPending || result || isOfNoField(error) || isOfNoField(saveError))
      box.current?.scrollIntoView({ block: 'nearest' });
  }, [isPending, result, error, saveError]);
  return (
    <div ref={box} role="status" className="scroll-mt-4 empty:-mb-4">
      {saveError && <Notice tone="over">{saveError.message}</Notice>}
      {isPending && (
        <div className="flex items-center gap-3 text-sm text-text-2">
          Asking the vendor
          <Progress label="Testing" done={0} total={null} className="w-40" />
        </div>
      )}
      {error && <Notice tone="over">{error.message}</Notice>}
      {result && (
        <section aria-label="Test result" className="rounded-lg border">
          <CheckList checks={result.checks} />
          <p className="tnum border-t border-t-grid px-3 py-1.5 text-text-3 text-xs">
            {checkSummary(result.checks)}, {formatCount(result.ms)} ms. Nothing is saved yet.
          </p>
        </section>
      )}
    </div>
  );
}

/** What is wrong with one field is said there, and has the focus. */
function isOfNoField(error: CallError | null): boolean {
  return error !== null && typeof error.data.field !== 'string';
}

const signs: Readonly<Record<ConnectionCheck['state'], { icon: LucideIcon; tint: string; word: string }>> = {
  ok: { icon: CircleCheck, tint: 'text-good', word: 'works' },
  failed: { icon: CircleAlert, tint: 'text-over', word: 'failed' },
  unknown: { icon: CircleHelp, tint: 'text-text-3', word: 'not known' },
};

export function CheckList({ checks }: { readonly checks: readonly ConnectionCheck[] }) {
  return (
    <ul>
      {checkGroups(checks).map((group) => {
        const { icon: Icon, tint, word } = signs[group.state];
        return (
          <li
            key={`${group.state} ${group.message}`}
            className="flex items-start gap-2.5 border-t border-t-grid px-3 py-2 text-sm first:border-t-0"
          >
            <Icon aria-label={word} className={`mt-px size-4 shrink-0 ${tint}`} strokeWidth={1.5} />
            <span className="w-36 shrink-0 font-medium">{group.label}</span>
            <span className="min-w-0 break-words text-text-2">{group.message}</span>
          </li>
        );
      })}
    </ul>
  );
}
