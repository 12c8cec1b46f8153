import type { Clock } from '../../platform/ports.ts';
import type { FollowedTool } from './task.ts';

/** How a tool's logs are followed. */
export interface ToolFollowing {
  /**
   * `live`: changes are reported to us; `polling`: its folders are listed again and again; `paused`: by the user;
   * `waiting`: for the user to read it a first time; `off`: this host does not follow.
   */
  readonly mode: 'live' | 'polling' | 'paused' | 'waiting' | 'off';
  /** Why it is not live, in a sentence; null when that needs no words. */
  readonly why: string | null;
  /** All that was in its logs at this time is in the ledger, UTC ms; null before the first look. */
  readonly asOf: number | null;
  /** What keeps its logs from being read and what to do, or null. */
  readonly error: string | null;
}

interface Standing extends ToolFollowing {
  /** Something was reported that has not been looked at. */
  readonly isDirty: boolean;
}

export interface Look {
  readonly asOf: number;
  readonly isDirty: boolean;
  /** The code of what kept a folder from being watched; undefined when nothing was listed. */
  readonly failure: string | null | undefined;
}

export interface Standings {
  mark(tool: string): void;
  settle(outcome: FollowedTool, look: Look): void;
  fail(tool: string, error: string): void;
  /** Pauses all; with a reason until the user resumes or LLMLab starts again. */
  pause(why: string | null): void;
  resume(): void;
  /** Whether nothing but the setting keeps it from going on. */
  mayResume(): boolean;
  /** Tools whose folders have to be listed again and again. */
  polled(): readonly string[];
  of(tool: string): ToolFollowing;
}

const unknown: Standing = { mode: 'live', why: null, asOf: null, error: null, isDirty: true };

export function createStandings(clock: Clock, changed: () => void): Standings {
  const standings = new Map<string, Standing>();
  let paused: { readonly why: string | null } | null = null;
  let said = '';

  const tell = (): void => {
    const now = JSON.stringify([
      paused,
      [...standings].map(([tool, { mode, why, error }]) => [tool, mode, why, error]),
    ]);
    if (now === said) return;
    said = now;
    changed();
  };

  const change = (tool: string, changes: Partial<Standing>): void => {
    standings.set(tool, { ...(standings.get(tool) ?? unknown), ...changes });
  };

  return {
    mark: (tool) => change(tool, { isDirty: true }),
    settle({ tool, isFollowed, listing, trouble }, { asOf, isDirty, failure }) {
      const way = listing === null ? {} : wayOf(isFollowed, listing.silentFolder, failure ?? null);
      // What could not be read is as old as it was.
      const goodAt = trouble === null ? asOf : (standings.get(tool)?.asOf ?? null);
      change(tool, { ...way, asOf: isFollowed ? goodAt : null, error: trouble, isDirty });
      tell();
    },
    fail(tool, error) {
      change(tool, { error });
      tell();
    },
    pause(why) {
      paused = { why };
      tell();
    },
    resume() {
      paused = null;
      tell();
    },
    mayResume: () => paused === null || paused.why === null,
    polled: () => [...standings].flatMap(([tool, { mode }]) => (mode === 'polling' ? [tool] : [])),
    of(tool) {
      const { mode, why, asOf, error, isDirty } = standings.get(tool) ?? unknown;
      if (paused !== null) return { mode: 'paused', why: paused.why, asOf, error };
      // Nothing reported since the last look: what was read then is all there is now.
      const isCurrent = mode === 'live' && !isDirty && error === null && asOf !== null;
      return { mode, why, asOf: isCurrent ? clock.now() : asOf, error };
    },
  };
}

function wayOf(
  isFollowed: boolean,
  silentFolder: string | null,
  failure: string | null,
): Pick<Standing, 'mode' | 'why'> {
  if (!isFollowed) return { mode: 'waiting', why: 'It is followed from the first time you read it.' };
  if (failure !== null) return { mode: 'polling', why: failureWords(failure) };
  if (silentFolder === null) return { mode: 'live', why: null };
  return { mode: 'polling', why: `${silentFolder} lies on another machine, which does not report changes.` };
}

function failureWords(code: string): string {
  switch (code) {
    case 'ENOSPC':
      return 'The system allows no more watches (raise fs.inotify.max_user_watches), so its folders are listed instead.';
    case 'EMFILE':
    case 'ENFILE':
      return 'The system allows no more open files, so its folders are listed instead.';
    default:
      return `A folder cannot be watched (${code}), so its folders are listed instead.`;
  }
}
