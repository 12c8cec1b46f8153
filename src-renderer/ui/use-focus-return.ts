import { useMemo, useRef } from 'react';

/**
 * Handlers for what opens without a trigger Radix could go back to: closing gives the focus to where it was, unless
 * something else, such as a sheet that was opened from it, has taken it since.
 */
export function useFocusReturn() {
  const before = useRef<Element | null>(null);
  return useMemo(
    () => ({
      onOpenAutoFocus: () => {
        before.current = document.activeElement;
      },
      onCloseAutoFocus: (event: Event) => {
        event.preventDefault();
        const isTaken = document.activeElement !== null && document.activeElement !== document.body;
        if (!isTaken && before.current instanceof HTMLElement) before.current.focus();
      },
    }),
    [],
  );
}
