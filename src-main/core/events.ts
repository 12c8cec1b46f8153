import type { CoreEvent } from '../../src-preload/contract/events.ts';

export interface Events {
  emit(event: CoreEvent): void;
  /** Returns a function that stops listening. */
  listen(listener: (event: CoreEvent) => void): () => void;
}

export function createEvents(failed: (error: unknown) => void): Events {
  const listeners = new Set<(event: CoreEvent) => void>();
  return {
    emit(event) {
      for (const listener of listeners) {
        try {
          listener(event);
        } catch (error) {
          failed(error);
        }
      }
    },
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
