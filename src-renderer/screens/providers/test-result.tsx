import { CircleAlert, CircleCheck, CircleHelp, type LucideIcon } from 'lucide-react';
import type { ConnectionCheck } from '../../../src-preload/contract/connections.ts';
import type { CallError } from '../../api/call-error.ts';
import { Notice } from '../../ui/notice.tsx';
import { formatCount } from '../../ui/numbers.ts';
import { Progress } from '../../ui/progress.tsx';
import { capabilityLabel } from './capability-words.ts';

interface TestResultProps {
  readonly isPending: boolean;
  readonly error: CallError | null;
  readonly result: { readonly checks: readonly ConnectionCheck[]; readonly ms: number } | undefined;
}

/** What the vendor answered to each use of the key, word for word. */
export function TestResult({ isPending, error, result }: TestResultProps) {
  return (
    <div role="status" className="empty:-mb-4">
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
            {summaryOf(result.checks)}, {formatCount(result.ms)} ms. Nothing is saved yet.
          </p>
        </section>
      )}
    </div>
  );
}

const signs: Readonly<Record<ConnectionCheck['state'], { icon: LucideIcon; tint: string; word: string }>> = {
  ok: { icon: CircleCheck, tint: 'text-good', word: 'works' },
  failed: { icon: CircleAlert, tint: 'text-over', word: 'failed' },
  unknown: { icon: CircleHelp, tint: 'text-text-3', word: 'not known' },
};

export function CheckList({ checks }: { readonly checks: readonly ConnectionCheck[] }) {
  return (
    <ul>
      {checks.map((check) => {
        const { icon: Icon, tint, word } = signs[check.state];
        return (
          <li
            key={`${check.capability} ${check.message}`}
            className="flex items-start gap-2.5 border-t border-t-grid px-3 py-2 text-sm first:border-t-0"
          >
            <Icon aria-label={word} className={`mt-px size-4 shrink-0 ${tint}`} strokeWidth={1.5} />
            <span className="w-28 shrink-0 font-medium">{capabilityLabel(check.capability)}</span>
            <span className="min-w-0 break-words text-text-2">{check.message}</span>
          </li>
        );
      })}
    </ul>
  );
}

function summaryOf(checks: readonly ConnectionCheck[]): string {
  const failed = checks.filter((check) => check.state === 'failed').length;
  if (checks.length === 0) return 'The vendor answered';
  return failed === 0 ? 'It works' : `${failed} of ${checks.length} failed`;
}
