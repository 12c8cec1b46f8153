import { create } from 'zustand';
import type { Job } from '../../src-preload/contract/data.ts';

interface Jobs {
  /** Latest state of every job this window has heard of, oldest first. */
  readonly jobs: readonly Job[];
  apply(job: Job): void;
}

/** Long work of the core. Survives navigation; ended jobs stay so that a screen can read how they ended. */
export const useJobs = create<Jobs>()((set) => ({
  jobs: [],
  apply: (job) => set(({ jobs }) => ({ jobs: withJob(jobs, job) })),
}));

/** Jobs that are waiting or running. */
export function activeJobs(jobs: readonly Job[]): readonly Job[] {
  return jobs.filter((job) => job.state === 'queued' || job.state === 'running');
}

/** The newest job a caller started under a `ref` of its own. */
export function jobByRef(jobs: readonly Job[], ref: string): Job | undefined {
  return jobs.findLast((job) => job.ref === ref);
}

const keptEnded = 50;

function withJob(jobs: readonly Job[], job: Job): readonly Job[] {
  const at = jobs.findIndex((known) => known.id === job.id);
  if (at >= 0) return jobs.with(at, job);
  return [...jobs.slice(-keptEnded), job];
}
