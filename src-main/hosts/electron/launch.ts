import { statSync } from 'node:fs';
import { resolve } from 'node:path';

/** What a start of the program asks for, by its arguments. */
export interface Launch {
  readonly dataDir: string | undefined;
  /** Absolute paths of files to import. */
  readonly files: readonly string[];
  /** A link `llmlab://…`, as it came. */
  readonly link: string | null;
  /** Started at login: the tray only. */
  readonly isHidden: boolean;
}

/** What may be asked of an app that runs already. */
export type Wish = Pick<Launch, 'files' | 'link'> & Partial<Pick<Launch, 'isHidden'>>;

/**
 * Reads a start's own arguments (without program and script). Switches that Chromium adds are passed over; anything
 * that is neither switch nor link and names a file is a file.
 */
export function readLaunch(args: readonly string[], cwd: string): Launch {
  const files: string[] = [];
  let [dataDir, link]: [string | undefined, string | null] = [undefined, null];
  for (const [at, arg] of args.entries()) {
    if (arg.startsWith('--data-dir=')) dataDir = arg.slice('--data-dir='.length);
    else if (args[at - 1] === '--data-dir') dataDir = arg;
    else if (/^llmlab:/i.test(arg)) link = arg;
    else if (!arg.startsWith('-') && isFile(resolve(cwd, arg))) files.push(resolve(cwd, arg));
  }
  return { dataDir, files, link, isHidden: args.includes('--hidden') };
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
