import { posix, win32 } from 'node:path';
import type { LogEnvironment, LogLocation } from '../../platform/importer.ts';

/** Where programs keep their files on one machine, with that system's separators. */
export interface ToolFolders {
  home(...segments: readonly string[]): string;
  /** `$XDG_CONFIG_HOME`, else `~/.config`, on every system: what command line tools do. */
  xdgConfig(...segments: readonly string[]): string;
  /** `$XDG_DATA_HOME`, else `~/.local/share`, on every system. */
  xdgData(...segments: readonly string[]): string;
  /** `$XDG_STATE_HOME`, else `~/.local/state`. */
  xdgState(...segments: readonly string[]): string;
  /** Where desktop programs keep theirs: `%APPDATA%`, `~/Library/Application Support` or `~/.config`. */
  appData(...segments: readonly string[]): string;
  /** Where they keep what is large or of this machine: `%LOCALAPPDATA%`, `~/Library/Application Support` or XDG data. */
  localData(...segments: readonly string[]): string;
  join(...segments: readonly string[]): string;
  isAbsolute(path: string): boolean;
  /** Paths an environment variable names, divided by commas, `~` written out; none when it is not set. */
  named(variable: string): readonly string[];
}

export function toolFolders({ platform, home, env }: LogEnvironment): ToolFolders {
  const { join, isAbsolute } = platform === 'win32' ? win32 : posix;
  const xdg = (variable: string, ...fallback: readonly string[]) => {
    const path = env[variable];
    // The XDG specification has relative paths ignored.
    return path !== undefined && isAbsolute(path) ? path : join(home, ...fallback);
  };
  const appData = {
    darwin: () => join(home, 'Library', 'Application Support'),
    win32: () => env.APPDATA || join(home, 'AppData', 'Roaming'),
    linux: () => xdg('XDG_CONFIG_HOME', '.config'),
  }[platform];
  const localData = {
    darwin: () => join(home, 'Library', 'Application Support'),
    win32: () => env.LOCALAPPDATA || join(home, 'AppData', 'Local'),
    linux: () => xdg('XDG_DATA_HOME', '.local', 'share'),
  }[platform];
  return {
    join,
    isAbsolute,
    home: (...segments) => join(home, ...segments),
    xdgConfig: (...segments) => join(xdg('XDG_CONFIG_HOME', '.config'), ...segments),
    xdgData: (...segments) => join(xdg('XDG_DATA_HOME', '.local', 'share'), ...segments),
    xdgState: (...segments) => join(xdg('XDG_STATE_HOME', '.local', 'state'), ...segments),
    appData: (...segments) => join(appData(), ...segments),
    localData: (...segments) => join(localData(), ...segments),
    named: (variable) =>
      (env[variable] ?? '')
        .split(',')
        .map((path) => path.trim())
        .filter((path) => path !== '')
        .map((path) => (/^~(?=$|[\\/])/.test(path) ? join(home, path.slice(1)) : path)),
  };
}

/** Locations that all come from the same place. */
export function locationsOf(why: string, ...paths: readonly string[]): readonly LogLocation[] {
  return paths.map((path) => ({ path, why }));
}
