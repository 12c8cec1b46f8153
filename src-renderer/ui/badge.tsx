import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';

export type Tone = 'neutral' | 'good' | 'warn' | 'over' | 'info';

const tones: Readonly<Record<Tone, string>> = {
  neutral: 'bg-pressed text-text-2',
  good: 'bg-good-soft text-good',
  warn: 'bg-warn-soft text-warn',
  over: 'bg-over-soft text-over',
  info: 'bg-info-soft text-info',
};

interface BadgeProps {
  readonly tone?: Tone;
  readonly icon?: LucideIcon;
  readonly children: ReactNode;
  readonly title?: string;
  readonly className?: string;
}

/** The state of something in a word. */
export function Badge({ tone = 'neutral', icon: Icon, children, title, className }: BadgeProps) {
  return (
    <span
      title={title}
      className={cx(
        'tnum inline-flex h-5 shrink-0 items-center gap-1 whitespace-nowrap rounded-sm px-1.75 font-semibold text-xs',
        tones[tone],
        className,
      )}
    >
      {Icon && <Icon aria-hidden className="size-3" />}
      {children}
    </span>
  );
}

/** A number in the rail. */
export function Count({
  children,
  tone = 'neutral',
  title,
}: {
  children: ReactNode;
  tone?: 'neutral' | 'warn';
  title?: string;
}) {
  return (
    <b
      title={title}
      className={cx(
        'tnum inline-flex h-4.5 min-w-4.5 items-center justify-center rounded-full px-1.25 font-semibold text-xs',
        tone === 'warn'
          ? 'bg-warn-soft text-warn shadow-[inset_0_0_0_1px_color-mix(in_srgb,var(--color-warn)_26%,transparent)]'
          : 'bg-pressed text-text-2',
      )}
    >
      {children}
    </b>
  );
}
