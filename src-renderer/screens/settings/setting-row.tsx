import type { ReactNode } from 'react';
import { cx } from '../../ui/cx.ts';

interface SettingRowProps {
  readonly label: string;
  readonly help?: ReactNode;
  readonly children: ReactNode;
  /** Ties the label to a control that takes an id. */
  readonly controlId?: string;
  readonly className?: string;
}

/** Name and help at the left, the control at the right; rows of a card are parted by hairlines. */
export function SettingRow({ label, help, children, controlId, className }: SettingRowProps) {
  const Name = controlId === undefined ? 'div' : 'label';
  return (
    <div
      className={cx(
        'flex min-h-12 items-center gap-x-6 gap-y-2 border-t px-4 py-2.5 first:border-t-0 tight:flex-wrap',
        className,
      )}
    >
      <div className="min-w-0 flex-1 tight:min-w-56">
        <Name {...(controlId !== undefined && { htmlFor: controlId })} className="block font-medium">
          {label}
        </Name>
        {help !== undefined && <div className="mt-0.5 max-w-prose text-sm text-text-2">{help}</div>}
      </div>
      <div className="flex shrink-0 items-center gap-2">{children}</div>
    </div>
  );
}
