import { ChevronRight } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { cx } from './cx.ts';

interface DisclosureProps {
  readonly label: string;
  readonly children: ReactNode;
  readonly className?: string;
  readonly startsOpen?: boolean;
  readonly onToggle?: (isOpen: boolean) => void;
}

/** A line that opens to what most people need not see. */
export function Disclosure({ label, children, className, startsOpen = false, onToggle }: DisclosureProps) {
  const [isOpen, setOpen] = useState(startsOpen);
  const panel = useId();
  return (
    <div className={className}>
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={panel}
        onClick={() => {
          setOpen(!isOpen);
          onToggle?.(!isOpen);
        }}
        className="flex min-h-10 w-full items-center gap-1.5 px-3 text-left text-sm text-text-2 hover:bg-hover hover:text-text focus-visible:-outline-offset-2"
      >
        <ChevronRight aria-hidden className={cx('size-3.5 shrink-0 text-text-3', isOpen && 'rotate-90')} />
        {label}
      </button>
      <div id={panel} hidden={!isOpen}>
        {isOpen && children}
      </div>
    </div>
  );
}
