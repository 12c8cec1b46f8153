/** `gone`: the host does not answer. `refused`: it does not know this window and wants a new link. */
export type Connection = 'open' | 'gone' | 'refused';

export interface ConnectionState {
  readonly current: () => Connection;
  readonly turn: (next: Connection) => void;
  /** Told at once and on every change. Returns a function that stops it. */
  readonly watch: (watcher: (state: Connection) => void) => () => void;
}

export function connectionState(): ConnectionState {
  const watchers = new Set<(state: Connection) => void>();
  let current: Connection = 'open';
  return {
    current: () => current,
    turn(next) {
      if (next === current) return;
      current = next;
      for (const watcher of watchers) watcher(next);
    },
    watch(watcher) {
      watchers.add(watcher);
      watcher(current);
      return () => watchers.delete(watcher);
    },
  };
}
