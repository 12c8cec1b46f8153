import { type FormEvent, type ReactNode, useId } from 'react';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';

interface FormDialogProps {
  readonly title: string;
  readonly description: string;
  readonly action: string;
  readonly isBusy: boolean;
  /** What the core said; the form stays as it is. */
  readonly error: string | null | undefined;
  readonly onSubmit: () => void;
  readonly onClose: () => void;
  /** At the left of the buttons. */
  readonly aside?: ReactNode;
  readonly children?: ReactNode;
}

/** A small form in the middle of the window. */
export function FormDialog(props: FormDialogProps) {
  const { title, description, action, isBusy, error, onSubmit, onClose, aside, children } = props;
  const formId = useId();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={title}
      description={description}
      footer={
        <>
          {aside}
          <span className="flex-1" />
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={formId} kind="primary" disabled={isBusy}>
            {action}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} className="flex flex-col gap-3">
        {children}
        {error && (
          <p role="alert" className="text-over text-sm">
            {error}
          </p>
        )}
      </form>
    </Dialog>
  );
}
