import { type ReactNode, useRef } from 'react';

import { Button } from './button.tsx';
import { Dialog } from './sheet.tsx';

export { Dialog } from './sheet.tsx';

interface ConfirmProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  /** What will happen and what is kept. */
  readonly children: ReactNode;
  /** The verb: `Restore backup`. */
  readonly action: string;
  readonly danger?: boolean;
  readonly busy?: boolean;
  readonly onConfirm: () => void;
}

/** Asks before something that cannot be undone. Focus starts on Cancel. */
export function Confirm({
  open,
  onOpenChange,
  title,
  children,
  action,
  danger,
  busy,
  onConfirm,
}: ConfirmProps) {
  const cancel = useRef<HTMLButtonElement>(null);
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={title}
      initialFocus={() => cancel.current}
      footer={
        <>
          <span className="flex-1" />
          <Button ref={cancel} onClick={() => onOpenChange(false)}>
            Cancel
          </Button>
          <Button kind={danger ? 'danger' : 'primary'} disabled={busy} onClick={onConfirm}>
            {action}
          </Button>
        </>
      }
    >
      <div className="text-md text-text-2">{children}</div>
    </Dialog>
  );
}
