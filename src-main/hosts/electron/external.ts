import { shell } from 'electron';
import { externalUrl } from './external-url.ts';

/** The only place anything leaves the app for the system's browser. */
export async function openInBrowser(text: string): Promise<boolean> {
  const url = externalUrl(text);
  if (url === null) return false;
  await shell.openExternal(url);
  return true;
}

/** Shows the data folder in the system's file manager. */
export async function showFolder(path: string): Promise<void> {
  await shell.openPath(path);
}
