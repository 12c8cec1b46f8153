import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import { type ReactNode, useRef } from 'react';
import { IconButton } from './button.tsx';
import { cx } from './cx.ts';

interface OverlayProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: ReactNode;
  /** One line under the title; also what screen readers hear. */
  readonly description?: ReactNode;
  readonly children: ReactNode;
  /** Left: the promise. Right, last: the primary action. */
  readonly footer?: ReactNode;
  /** Beside the close button. */
  readonly tools?: ReactNode;
  readonly width?: number;
  /** Where focus starts; the first control otherwise. */
  readonly initialFocus?: () => HTMLElement | null;
}

/** A panel at the right, 736 px wide, for work that keeps the page behind it in view. Focus stays inside; Esc closes. */
export function Sheet({ width = 736, ...props }: OverlayProps) {
  return (
    <Overlay
      {...props}
      width={width}
      panelClass="enter-sheet inset-y-2 right-2"
      headClass="pt-4 pr-3 pb-3 pl-6"
      bodyClass="px-6"
    />
  );
}

/** A question or a small form in the middle of the window. */
export function Dialog({ width = 440, ...props }: OverlayProps) {
  return (
    <Overlay
      {...props}
      width={width}
      panelClass="enter-pop top-[18vh] left-1/2 max-h-[72vh] -translate-x-1/2"
      headClass="pt-4 pr-3 pb-2 pl-5"
      bodyClass="px-5 pb-4"
    />
  );
}

interface PanelProps extends OverlayProps {
  readonly panelClass: string;
  readonly headClass: string;
  readonly bodyClass: string;
}

function Overlay({
  open,
  onOpenChange,
  title,
  description,
  children,
  footer,
  tools,
  width,
  initialFocus,
  ...look
}: PanelProps) {
  const before = useRef<Element | null>(null);
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        {/* our own scrim: Radix's locks scrolling with a style element, which the content security policy refuses */}
        <div aria-hidden className="enter-fade fixed inset-0 z-40 bg-scrim" />
        <Radix.Content
          {...(description === undefined && { 'aria-describedby': undefined })}
          onOpenAutoFocus={(event) => {
            before.current = document.activeElement;
            const target = initialFocus?.();
            if (!target) return;
            event.preventDefault();
            target.focus();
          }}
          onCloseAutoFocus={(event) => {
            // most are opened without a trigger Radix could go back to
            event.preventDefault();
            if (before.current instanceof HTMLElement) before.current.focus();
          }}
          style={{ width }}
          className={cx(
            'fixed z-40 flex max-w-[calc(100vw-16px)] flex-col rounded-xl bg-surface shadow-sheet outline-none',
            look.panelClass,
          )}
        >
          <header className={cx('flex items-start gap-3', look.headClass)}>
            <div className="min-w-0 flex-1 py-1">
              <Radix.Title className="font-semibold text-lg">{title}</Radix.Title>
              {description !== undefined && (
                <Radix.Description className="mt-0.5 text-sm text-text-2">{description}</Radix.Description>
              )}
            </div>
            {tools}
            <Radix.Close asChild>
              <IconButton icon={X} label="Close" />
            </Radix.Close>
          </header>
          <div className={cx('min-h-0 flex-1 overflow-y-auto', look.bodyClass)}>{children}</div>
          {footer !== undefined && (
            <footer className="flex items-center gap-2 rounded-b-xl border-t bg-sunken px-6 py-3">
              {footer}
            </footer>
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
