import { type BrowserWindow, dialog } from 'electron';

/** Lets the user choose files to import; empty when they close the dialog. */
export async function chooseFiles(window: BrowserWindow): Promise<readonly string[]> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: 'Import files',
    buttonLabel: 'Preview',
    properties: ['openFile', 'multiSelections'],
    filters: [
      { name: 'Billing files and logs', extensions: ['csv', 'tsv', 'json', 'jsonl', 'zip', 'gz', 'db'] },
      { name: 'All files', extensions: ['*'] },
    ],
  });
  return canceled ? [] : filePaths;
}
