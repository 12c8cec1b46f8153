import { shell } from 'electron';

const longest = 2048;

/** The address to hand to the system's browser, or null: https only, no login in it, nothing that cannot be seen. */
export function externalUrl(text: string): string | null {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (
    text.length > longest ||
    /[\u0000-\u0020\u007f-\u00a0\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/.test(text)
  )
    return null;
  if (!/^https:\/\//i.test(text) || text.includes('\\')) return null;
  const url = URL.parse(text);
  if (!url || url.protocol !== 'https:' || url.username || url.password || !url.hostname) return null;
  return url.href;
}

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
