import { create } from 'zustand';
import type { FileRef } from '../../src-preload/contract/imports.ts';
import { refOf } from '../api/bridge.ts';

/** A file somebody wants to bring in: dropped or picked, or named by its path. */
export interface PendingFile {
  readonly name: string;
  /** null where only the path is known. */
  readonly bytes: number | null;
  /** Hands the file to the core (uploads it in a browser). Throws a CallError. */
  readonly open: (signal?: AbortSignal) => Promise<FileRef>;
}

interface ImportRequest {
  /** Files waiting for the import sheet, which takes them. */
  readonly files: readonly PendingFile[];
  request(files: readonly PendingFile[]): void;
  /** Empties the list and returns what was in it. */
  take(): readonly PendingFile[];
}

/** Where drop area, Open, paths and host events leave their files for the import sheet. */
export const useImportRequest = create<ImportRequest>()((set, get) => ({
  files: [],
  request: (files) => set((state) => ({ files: [...state.files, ...files] })),
  take: () => {
    const { files } = get();
    if (files.length > 0) set({ files: [] });
    return files;
  },
}));

export function pendingFile(file: File): PendingFile {
  return { name: file.name, bytes: file.size, open: (signal) => refOf(file, signal) };
}

export function pendingPath(path: string): PendingFile {
  const name = path.split(/[/\\]/).at(-1) ?? path;
  return { name: name === '' ? path : name, bytes: null, open: () => Promise.resolve({ path }) };
}

/** Opens the system's file picker and asks for what was chosen to be imported. */
export function pickFiles(): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.multiple = true;
  input.onchange = () => useImportRequest.getState().request(Array.from(input.files ?? [], pendingFile));
  input.click();
}
