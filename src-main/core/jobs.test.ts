import { expect, it } from 'vitest';
import type { CoreEvent } from '../../src-preload/contract/events.ts';
import type { RunOptions, Writer } from '../jobs/writer.ts';
import { createJobBoard } from './jobs.ts';

/** A board on a writer whose one task goes as far as the test says. */
function start() {
  const clock = { time: 0, now: () => clock.time };
  const events: CoreEvent[] = [];
  const { promise, resolve } = Promise.withResolvers<never>();
  const running: RunOptions[] = [];
  const writer: Writer = {
    run(_task, _input, options) {
      running.push(options);
      return promise;
    },
    close: () => Promise.resolve(),
  };
  const settings = () => ({ zone: 'UTC', rates: [], logFolders: {} });
  const board = createJobBoard({ writer, clock, settings, emit: (event) => void events.push(event) });
  const done = board.run('backUpIfDue', {}, { kind: 'scan', title: 'Following logs', isQuiet: true });
  const [options] = running;
  if (options === undefined) throw new Error('nothing runs');
  return { board, clock, events, options, finish: () => resolve(undefined as never), done };
}

it('quiet work that is over in no time is seen by no one', async () => {
  const { board, clock, events, options, finish, done } = start();
  options.started?.();
  clock.time = 900;
  options.progress(1, 2, 'files');
  finish();
  await done;
  expect(events).toEqual([]);
  expect(board.list()).toEqual([]);
});

it('quiet work that takes longer is shown, and can be cancelled', async () => {
  const { board, clock, events, options, finish, done } = start();
  options.started?.();
  clock.time = 1_500;
  options.progress(1, 2, 'files');
  const [job] = board.list();
  expect(job).toMatchObject({ title: 'Following logs', state: 'running', done: 1 });
  board.cancel(job?.id ?? '');
  expect(new Int32Array(options.cancel)[0]).toBe(1);
  finish();
  await done;
  expect(events.at(-1)).toMatchObject({ job: { state: 'done' } });
});
