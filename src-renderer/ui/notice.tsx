import { CircleAlert, Info, type LucideIcon, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';

export type NoticeTone = 'info' | 'warn' | 'over';

const looks: Readonly<Record<NoticeTone, { icon: LucideIcon; box: string; sign: string }>> = {
  info: { icon: Info, box: 'bg-info-soft [--tint:var(--color-info)]', sign: 'text-info' },
  warn: { icon: TriangleAlert, box: 'bg-warn-soft [--tint:var(--color-warn)]', sign: 'text-warn' },
  over: { icon: CircleAlert, box: 'bg-over-soft [--tint:var(--color-over)]', sign: 'text-over' },
};

interface NoticeProps {
  readonly tone?: NoticeTone;
  readonly children: ReactNode;
  /** At most two; see NoticeAction. */
  readonly actions?: ReactNode;
  readonly icon?: LucideIcon;
  readonly className?: string;
}

/** One line, one cause, at most two actions, above the content. */
export function Notice({ tone = 'warn', children, actions, icon, className }: NoticeProps) {
  const look = looks[tone];
  const Icon = icon ?? look.icon;
  return (
    <div
      role={tone === 'over' ? 'alert' : 'status'}
      className={cx(
        'flex min-h-9 items-center gap-2.5 rounded-lg px-3 py-1 text-sm text-text',
        'shadow-[inset_0_0_0_1px_color-mix(in_srgb,var(--tint)_24%,transparent)]',
        look.box,
        className,
      )}
    >
      <Icon aria-hidden className={cx('size-4 shrink-0', look.sign)} strokeWidth={1.5} />
      <div className="min-w-0 flex-1 py-1">{children}</div>
      {actions !== undefined && <div className="-mr-2 flex shrink-0 gap-1">{actions}</div>}
    </div>
  );
}

/** Classes of a button or link inside a notice; `strong` is the one to take. */
export function noticeAction(strong = false): string {
  return cx(
    'inline-flex h-7 items-center whitespace-nowrap rounded-md border px-2.5 font-medium text-sm text-text disabled:opacity-50',
    'hover:bg-[color-mix(in_srgb,var(--tint)_12%,transparent)]',
    strong ? 'border-[color-mix(in_srgb,var(--tint)_40%,transparent)]' : 'border-transparent',
  );
}
