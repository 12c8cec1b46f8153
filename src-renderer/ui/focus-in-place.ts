/**
 * A ref that gives the focus to what appears without scrolling to it, as `autoFocus` would: of a long list the top is
 * read first. Give this very function, so that it runs once and not at every render.
 */
export function focusInPlace(element: HTMLElement | null): void {
  element?.focus({ preventScroll: true });
}
