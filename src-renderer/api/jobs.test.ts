import { beforeEach, expect, it } from 'vitest';
import type { Job } from '../../src-preload/contract/data.ts';
import { activeJobs, jobByRef, useJobs } from './jobs.ts';

const job = (id: string, state: Job['state'], ref: string | null = null): Job => ({
  ...{
    id,
    state,
    ref,
    kind: 'scan',
    title: 'Reading logs',
    done: 0,
    total: null,
    unit: 'files',
    message: null,
  },
  startedAt: 0,
});

beforeEach(() => useJobs.setState({ jobs: [] }));

it('replaces a job it knows instead of listing it twice', () => {
  const { apply } = useJobs.getState();
  apply(job('a', 'queued'));
  apply(job('b', 'running'));
  apply(job('a', 'running'));
  expect(useJobs.getState().jobs.map((known) => known.id)).toEqual(['a', 'b']);
  apply(job('a', 'done'));
  expect(activeJobs(useJobs.getState().jobs).map((known) => known.id)).toEqual(['b']);
});

it('finds the newest job of a ref: a sheet that ran twice follows the second run', () => {
  const { apply } = useJobs.getState();
  apply(job('a', 'failed', 'sheet'));
  apply(job('b', 'running', 'sheet'));
  expect(jobByRef(useJobs.getState().jobs, 'sheet')?.id).toBe('b');
});
