import { basename, join, sep } from 'node:path';
import type { WatchPlace } from '../../importers/pipeline/log-watch.ts';
import type { FolderChange, FolderWatcher } from '../../platform/ports.ts';

export interface Watches {
  /**
   * Watches exactly these places for a tool, and says whether there are new ones among them (something may have
   * happened in those before they were watched) and why one could not be watched.
   */
  set(
    tool: string,
    places: readonly WatchPlace[],
  ): { readonly isNew: boolean; readonly failure: string | null };
  close(): void;
}

export interface WatchesOptions {
  readonly watcher: FolderWatcher;
  /** Something changed: at `path`, or anywhere in the tool's folders when it is null. */
  readonly changed: (tool: string, path: string | null) => void;
  /** Whether a file, named below the tool's folder, can hold usage. */
  readonly matters: (tool: string, relativePath: string) => boolean;
}

interface Watch {
  readonly folder: string;
  /** Whether it covers the folders below as well. */
  readonly isDeep: boolean;
  /** What each tool wants of this folder. */
  readonly wants: Map<string, WatchPlace[]>;
  close(): void;
}

/** The open watches of all tools. A folder that several tools want is watched once. */
export function createWatches({ watcher, changed, matters }: WatchesOptions): Watches {
  const watches = new Map<string, Watch>();
  const keyOf = (folder: string, isDeep: boolean): string => `${isDeep ? 'deep' : 'flat'} ${folder}`;
  const isWatched = (folder: string): boolean =>
    watches.has(keyOf(folder, false)) || watches.has(keyOf(folder, true));

  const tell = (tool: string, place: WatchPlace, { kind, name }: FolderChange): void => {
    if (name === null || place.below === null) {
      if (name === null || place.names === null || place.names.includes(name)) changed(tool, null);
      return;
    }
    const relativePath = `${place.below}${name}`.replaceAll(sep, '/');
    // What came or went may be a folder of logs.
    if (kind === 'rename' || matters(tool, relativePath)) changed(tool, join(place.folder, name));
  };

  const hear = (watch: Watch, change: FolderChange): void => {
    if (change.kind === 'rename' && change.name !== null) forget(watch, change.name);
    for (const [tool, places] of watch.wants) for (const place of places) tell(tool, place, change);
  };

  /** A watch stays with a folder that is gone or was moved: when its name comes back it must be watched anew. */
  const forget = (watch: Watch, name: string): void => {
    const paths = [join(watch.folder, name), ...(name === basename(watch.folder) ? [watch.folder] : [])];
    for (const path of paths) {
      if (!isWatched(path)) continue;
      for (const below of [...watches.values()])
        if (below.folder === path || below.folder.startsWith(path + sep)) {
          drop(below);
          for (const tool of below.wants.keys()) changed(tool, null);
        }
    }
  };

  const drop = (watch: Watch): void => {
    const key = keyOf(watch.folder, watch.isDeep);
    if (watches.get(key) !== watch) return;
    watches.delete(key);
    watch.close();
  };

  const open = (folder: string, isDeep: boolean): Watch => {
    const wants: Watch['wants'] = new Map();
    const handle = watcher.open(folder, isDeep, {
      changed: (change) => hear(watch, change),
      failed: () => {
        drop(watch);
        for (const tool of wants.keys()) changed(tool, null);
      },
    });
    const watch: Watch = { folder, isDeep, wants, close: () => handle.close() };
    watches.set(keyOf(folder, isDeep), watch);
    return watch;
  };

  return {
    set(tool, places) {
      const isDeep = ({ below }: WatchPlace) => watcher.seesBelow && below !== null;
      const wanted = Map.groupBy(
        places.filter(({ isEntry }) => isEntry || !watcher.seesBelow),
        (place) => keyOf(place.folder, isDeep(place)),
      );
      for (const [key, watch] of [...watches]) {
        if (wanted.has(key)) continue;
        watch.wants.delete(tool);
        if (watch.wants.size === 0) drop(watch);
      }
      let [isNew, failure]: [boolean, string | null] = [false, null];
      for (const [key, group] of wanted) {
        const [first] = group;
        if (first === undefined) continue;
        try {
          const watch = watches.get(key) ?? open(first.folder, isDeep(first));
          isNew ||= !watch.wants.has(tool);
          watch.wants.set(tool, group);
        } catch (error) {
          const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
          // One that went since it was listed is missed by the folder above it.
          if (code !== 'ENOENT' && code !== 'ENOTDIR') failure ??= code;
        }
      }
      return { isNew, failure };
    },
    close() {
      for (const watch of [...watches.values()]) drop(watch);
    },
  };
}
