import { useEffect } from 'react';
import { navigate, splitHash } from '../hash-location.ts';
import { type Page, pageHref } from '../pages.ts';
import { usePalette } from '../palette-store.ts';

const chordMs = 1200;

/** `g o` and the like go to pages, `/` searches, Ctrl or Cmd K opens the palette. Silent while somebody types. */
export function Shortcuts({ pages }: { readonly pages: readonly Page[] }) {
  useEffect(() => {
    let goPressedAt = Number.NEGATIVE_INFINITY;
    const onKeyDown = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        const { open, setOpen } = usePalette.getState();
        setOpen(!open);
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || isBlocked()) return;
      if (event.key === '/') {
        event.preventDefault();
        document.getElementById('search')?.focus();
        return;
      }
      const page =
        event.timeStamp - goPressedAt < chordMs ? pages.find(({ key }) => key === event.key) : undefined;
      goPressedAt = event.key === 'g' ? event.timeStamp : Number.NEGATIVE_INFINITY;
      if (page) navigate(pageHref(page, splitHash(location.hash).search));
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [pages]);
  return null;
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable="true"]');
}

/** A sheet or a dialog is open: its keys are its own. */
function isBlocked(): boolean {
  return document.querySelector('[role="dialog"][data-state="open"], [role="menu"]') !== null;
}
