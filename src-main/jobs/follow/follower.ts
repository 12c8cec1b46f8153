import { logImporters } from '../../importers/index.ts';
import { isLogChange } from '../../importers/pipeline/log-watch.ts';
import { AppError } from '../../platform/error.ts';
import type { Clock, Following, Log } from '../../platform/ports.ts';
import { createStandings, type ToolFollowing } from './standings.ts';
import type { Followed, FollowedTool, FollowInput } from './task.ts';
import { createWatches } from './watches.ts';

/** Keeps the ledger in step with the logs for as long as it runs. */
export interface Follower {
  /** Looks at everything and watches from then on, unless following is switched off. Also: look again, something changed. */
  look(): void;
  /** Takes a change of the settings up: folders, or switched on or off. */
  settingsChanged(): void;
  stop(): void;
  following(tool: string): ToolFollowing;
}

export interface FollowerOptions {
  readonly ports: { readonly clock: Clock; readonly log: Log };
  readonly following: Following;
  readonly isSwitchedOn: () => boolean;
  /** Reads what changed on the one writer. */
  readonly read: (input: FollowInput) => Promise<Followed>;
  /** Something new is in the ledger: called once per look, however many files and lines brought it. */
  readonly ledgerChanged: () => void;
  /** How a tool is followed, or why not, has changed. */
  readonly followingChanged: () => void;
}

/** How long changes are collected: a log is written in bursts. */
const quietMs = 200;
/** How long they are collected at most while more keep coming. */
const longestWaitMs = 1_000;
/** How often folders are listed that cannot be watched. */
const pollMs = 1_200;
/** How often all folders are listed whatever was reported: reports can get lost. */
const catchUpMs = 60_000;
const heartbeatMs = 5_000;
/** A heartbeat that comes later than this means that the machine slept. */
const lateMs = 15_000;
/** After a look, rest this many times as long as it took, so that a large database does not cost a core … */
const restFactor = 4;
/** … but after a short one no longer than new lines may take to be seen. */
const shortRestMs = 600;
/** So many changes at once may be more than the system kept for us. */
const floodEvents = 8_000;

export function createFollower(options: FollowerOptions): Follower {
  const { following, ports } = options;
  const { timers, tools = logImporters.map(({ id }) => id) } = following;
  const standings = createStandings(ports.clock, options.followingChanged);
  /** What to look at next: paths per tool, or all of its folders (null). */
  const dirty = new Map<string, Set<string> | null>();
  let events = 0;
  let firstChangeAt = 0;
  let cancelTimer: (() => void) | null = null;
  const periodic: (() => void)[] = [];
  let lastBeat = 0;
  let lastFullAt = Number.NEGATIVE_INFINITY;
  let isLooking = false;
  let isStopped = true;
  let restUntil = 0;

  const watches = createWatches({
    watcher: following.watcher,
    changed(tool, path) {
      events++;
      mark(tool, path);
      schedule(quietMs);
    },
    matters: (tool, relativePath) => {
      const importer = logImporters.find(({ id }) => id === tool);
      return importer !== undefined && isLogChange(importer, relativePath);
    },
  });

  const mark = (tool: string, path: string | null): void => {
    const known = dirty.get(tool);
    if (dirty.size === 0) firstChangeAt = performance.now();
    if (path === null || known === null) dirty.set(tool, null);
    else dirty.set(tool, (known ?? new Set()).add(path));
    standings.mark(tool);
  };

  const schedule = (delayMs: number): void => {
    if (isStopped || isLooking || dirty.size === 0) return;
    const now = performance.now();
    const latest = Math.max(firstChangeAt + longestWaitMs - now, 0);
    cancelTimer?.();
    cancelTimer = timers.after(Math.max(Math.min(delayMs, latest), restUntil - now), () => void look());
  };

  const markAll = (): void => {
    for (const tool of tools) mark(tool, null);
    lastFullAt = ports.clock.now();
  };

  /** Takes what is to be looked at, as a task's input. */
  const takeDirty = (): FollowInput => {
    if (events > floodEvents) {
      // Watches may have missed that their folder is another one by now.
      watches.close();
      for (const tool of dirty.keys()) dirty.set(tool, null);
    }
    events = 0;
    const wanted = [...dirty].map(([tool, paths]) => ({ tool, paths: paths === null ? null : [...paths] }));
    dirty.clear();
    return { tools: wanted, asked: following.asked === true };
  };

  const look = async (): Promise<void> => {
    cancelTimer = null;
    if (isStopped || isLooking || dirty.size === 0) return;
    isLooking = true;
    const input = takeDirty();
    const asOf = ports.clock.now();
    try {
      const outcome = await options.read(input);
      restUntil = performance.now() + restAfter(outcome.tookMs);
      if (isStopped) return;
      for (const tool of outcome.tools) settle(tool, asOf);
      if (outcome.tools.some(({ accepted, refused }) => accepted + refused > 0)) options.ledgerChanged();
    } catch (error) {
      if (!isStopped) failed(input, error);
    } finally {
      isLooking = false;
      firstChangeAt = performance.now();
      schedule(quietMs);
    }
  };

  const settle = (outcome: FollowedTool, asOf: number): void => {
    const { tool, listing } = outcome;
    const watched = listing === null ? null : watches.set(tool, outcome.isFollowed ? listing.places : []);
    standings.settle(outcome, { asOf, isDirty: dirty.has(tool), failure: watched?.failure });
    // What was written in a folder before it was watched, nobody reported.
    if (watched?.isNew) mark(tool, null);
  };

  const failed = (input: FollowInput, error: unknown): void => {
    if (error instanceof AppError && error.code === 'CANCELLED') {
      pause();
      standings.pause('Reading was cancelled. What was read before stays.');
      return;
    }
    const said = error instanceof AppError && error.code !== 'INTERNAL' ? error.message : null;
    ports.log.error('following logs failed', { error: String(error) });
    for (const { tool } of input.tools) standings.fail(tool, said ?? 'Reading it failed; the log says why.');
    // The next heartbeat tries again.
    lastFullAt = Number.NEGATIVE_INFINITY;
  };

  const beat = (): void => {
    const now = ports.clock.now();
    const passed = now - lastBeat;
    lastBeat = now;
    if (passed > lateMs || passed < 0 || now - lastFullAt >= catchUpMs) {
      markAll();
      schedule(0);
    }
  };

  const poll = (): void => {
    const polled = standings.polled();
    for (const tool of polled) mark(tool, null);
    if (polled.length > 0) schedule(0);
  };

  const pause = (): void => {
    isStopped = true;
    cancelTimer?.();
    for (const cancel of periodic.splice(0)) cancel();
    watches.close();
    dirty.clear();
  };

  const start = (): void => {
    isStopped = false;
    standings.resume();
    lastBeat = ports.clock.now();
    periodic.push(timers.every(heartbeatMs, beat), timers.every(pollMs, poll));
    markAll();
    schedule(0);
  };

  const isWanted = (): boolean => following.asked === true || options.isSwitchedOn();

  return {
    look() {
      if (!isStopped) {
        markAll();
        schedule(0);
      } else if (isWanted() && standings.mayResume()) start();
      else if (!isWanted()) standings.pause(null);
    },
    settingsChanged() {
      if (!isWanted()) {
        pause();
        standings.pause(null);
        return;
      }
      if (isStopped) return start();
      markAll();
      schedule(0);
    },
    stop: pause,
    following: (tool) => standings.of(tool),
  };
}

function restAfter(tookMs: number): number {
  const restMs = tookMs * restFactor;
  return tookMs < shortRestMs ? Math.min(restMs, shortRestMs) : restMs;
}
