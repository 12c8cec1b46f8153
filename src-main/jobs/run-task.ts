import { createZone } from '../ledger/day.ts';
import type { WriteDb } from '../store/database.ts';
import { registerZone } from '../store/figures.ts';
import { keepInPlace } from '../store/in-place.ts';
import type { TaskContext, TaskSettings, Unit } from './context.ts';
import { type TaskInput, type TaskName, type TaskOutput, tasks } from './tasks.ts';

/** What stays the same over the life of a writer. */
export interface WriterFacts {
  readonly dataDir: string;
  readonly resourcesDir: string;
  readonly environment: TaskContext['environment'];
}

export interface TaskRun<N extends TaskName> {
  readonly task: N;
  readonly input: TaskInput<N>;
  readonly settings: TaskSettings;
  now(): number;
  progress(done: number, total: number | null, unit: Unit): void;
  stop(): boolean;
}

const progressEveryMs = 100;

/** Runs one task on the writing connection. */
export async function runTask<N extends TaskName>(
  db: WriteDb,
  facts: WriterFacts,
  run: TaskRun<N>,
): Promise<TaskOutput<N>> {
  let last = 0;
  registerZone(db, createZone(run.settings.zone));
  const context: TaskContext = {
    ...facts,
    db,
    settings: run.settings,
    now: run.now,
    stop: run.stop,
    progress(done, total, unit) {
      const at = performance.now();
      if (at - last < progressEveryMs && done !== total) return;
      last = at;
      run.progress(done, total, unit);
    },
  };
  // The table's entries differ in input and output; the key ties them together, which the compiler cannot follow.
  const task = tasks[run.task] as (
    context: TaskContext,
    input: TaskInput<N>,
  ) => TaskOutput<N> | Promise<TaskOutput<N>>;
  // Before, so that nothing is written to a file nobody will find again; after, so that nothing is answered for that was.
  keepInPlace(db, facts.dataDir, run.now());
  const output = await task(context, run.input);
  keepInPlace(db, facts.dataDir, run.now());
  return output;
}
