import { Check, CircleAlert, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { create } from 'zustand';
import { Button, IconButton } from './button.tsx';

interface Toast {
  readonly id: number;
  readonly tone: 'good' | 'over';
  readonly text: string;
  readonly action?: ToastAction;
}

export interface ToastAction {
  readonly label: string;
  readonly onAction: () => void;
}

const useToasts = create<{ readonly toasts: readonly Toast[] }>()(() => ({ toasts: [] }));

const shownMs = 6000;
const shownWithActionMs = 12_000;
const mostShown = 3;
let lastId = 0;

function show(tone: Toast['tone'], text: string, action?: ToastAction): void {
  lastId += 1;
  const next: Toast = { id: lastId, tone, text, ...(action && { action }) };
  useToasts.setState(({ toasts }) => ({ toasts: [...toasts, next].slice(-mostShown) }));
}

/** One sentence at the bottom right, with Undo where there is one. Drawn here: ready-made ones need inline styles. */
export const toast = {
  success: (text: string, action?: ToastAction) => show('good', text, action),
  error: (text: string, action?: ToastAction) => show('over', text, action),
};

/** Once, at the end of the window. */
export function Toaster() {
  const toasts = useToasts((state) => state.toasts);
  return (
    <section aria-label="Messages" aria-live="polite">
      {/* beside an open sheet, whose Commit they would cover */}
      <ul className="pointer-events-none fixed right-5 bottom-5 z-50 flex w-96 flex-col gap-2 in-[body:has([role=dialog])]:right-auto in-[body:has([role=dialog])]:left-5">
        {toasts.map((item) => (
          <ToastCard key={item.id} item={item} />
        ))}
      </ul>
    </section>
  );
}

function ToastCard({ item }: { readonly item: Toast }) {
  const { id, action } = item;
  const [isHeld, setHeld] = useState(false);
  useEffect(() => {
    // whoever reads it or is on its button keeps it
    if (isHeld) return;
    const timer = setTimeout(() => dismiss(id), action ? shownWithActionMs : shownMs);
    return () => clearTimeout(timer);
  }, [id, action, isHeld]);
  const Icon = item.tone === 'good' ? Check : CircleAlert;
  return (
    <li
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      className="enter-sheet pointer-events-auto flex items-center gap-2.5 rounded-lg border bg-raised py-2 pr-2 pl-3 text-sm shadow-pop"
    >
      <Icon
        aria-hidden
        className={item.tone === 'good' ? 'size-4 text-good' : 'size-4 text-over'}
        strokeWidth={1.5}
      />
      <span className="tnum min-w-0 flex-1">{item.text}</span>
      {action && (
        <Button
          size="sm"
          onClick={() => {
            action.onAction();
            dismiss(id);
          }}
        >
          {action.label}
        </Button>
      )}
      <IconButton icon={X} label="Dismiss" size="sm" onClick={() => dismiss(id)} />
    </li>
  );
}

function dismiss(id: number): void {
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((item) => item.id !== id) }));
}
