import type { ReactNode } from 'react';
import { cx } from './cx.ts';

/** The padding of a page and the space between its cards. */
export function PageBody({
  children,
  className,
}: {
  readonly children: ReactNode;
  readonly className?: string;
}) {
  return (
    <div className={cx('flex flex-col gap-3 px-5 pt-3 pb-4 narrow:px-4 [&>*]:shrink-0', className)}>
      {children}
    </div>
  );
}
