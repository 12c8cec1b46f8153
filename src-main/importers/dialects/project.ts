/** A project's name from a working directory: its last segment, on Windows and elsewhere; null where there is none. */
export function projectOf(cwd: string | undefined): string | null {
  if (cwd === undefined) return null;
  const isWindows = /^(?:[A-Za-z]:[\\/]|\\\\)/.test(cwd);
  const segments = cwd.split(isWindows ? /[\\/]+/ : /\/+/).filter((segment) => segment !== '');
  return segments.at(-1) ?? null;
}
