import { copyFile, rm } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { app, type BrowserWindow, dialog } from 'electron';
import type { Result } from '../../../src-preload/contract/result.ts';
import type { Core } from '../../core/index.ts';
import { failure } from './ipc.ts';

/** Asks where a finished export goes and moves it there; the core's own copy is removed either way. */
export async function saveExport(
  core: Pick<Core, 'exportFile'>,
  window: BrowserWindow,
  exportId: string,
): Promise<Result<{ saved: boolean }>> {
  const file = core.exportFile(exportId);
  if (!file) return failure('NOT_FOUND', 'This export is no longer there. Export again.');
  const extension = extname(file.fileName).slice(1);
  try {
    const { canceled, filePath } = await dialog.showSaveDialog(window, {
      title: 'Save export',
      defaultPath: join(app.getPath('downloads'), file.fileName),
      filters: [{ name: extension.toUpperCase(), extensions: [extension] }],
    });
    if (canceled || !filePath) return { ok: true, data: { saved: false } };
    await copyFile(file.path, filePath);
    return { ok: true, data: { saved: true } };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return failure('FILE_UNREADABLE', `The export could not be saved there: ${why}. Choose another folder.`);
  } finally {
    await rm(file.path, { force: true });
  }
}
