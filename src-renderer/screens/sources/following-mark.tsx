import type { ReactNode } from 'react';
import { cx } from '../../ui/cx.ts';
import { useView } from '../../ui/use-view.ts';
import { type Freshness, followingWords } from './following-words.ts';

const dots = { good: 'bg-good', quiet: 'bg-text-3', warn: 'bg-warn' } as const;

interface FollowingMarkProps {
  readonly of: Freshness;
  /** Shown in place of the word, which is then only read out. */
  readonly children?: ReactNode;
}

/** Live, polling, paused, or how old: a dot and a word, the whole sentence on hover. */
export function FollowingMark({ of, children }: FollowingMarkProps) {
  const { today, zone } = useView();
  const words = followingWords(of, zone, today);
  if (words === null) return null;
  return (
    <span
      title={words.title}
      className="tnum inline-flex items-center gap-1.5 whitespace-nowrap text-text-2 text-xs"
    >
      <span aria-hidden className={cx('size-1.5 shrink-0 rounded-full', dots[words.tone])} />
      {children === undefined ? words.word : <span className="sr-only">{words.word},</span>}
      {children}
    </span>
  );
}

/** The whole sentence: when it was last read, how old that is and why. */
export function FollowingLine({ of }: { readonly of: Freshness }) {
  const { today, zone } = useView();
  const title = followingWords(of, zone, today)?.title ?? of.following.why ?? '';
  return title === '' ? null : <p className="max-w-prose text-sm text-text-2">{title}</p>;
}
