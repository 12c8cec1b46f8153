import { LoaderCircle, X } from 'lucide-react';
import type { Job } from '../../../src-preload/contract/data.ts';
import { useAction } from '../../api/client.ts';
import { activeJobs, useJobs } from '../../api/jobs.ts';
import { IconButton } from '../button.tsx';
import { formatBytes, formatCount } from '../numbers.ts';
import { Progress } from '../progress.tsx';
import { toast } from '../toast.tsx';
import { Tooltip } from '../tooltip.tsx';

/** What is running, with a count and a Cancel. Stays while pages change. */
export function JobsArea() {
  const jobs = activeJobs(useJobs((state) => state.jobs));
  return (
    <>
      {/* said once when work begins; what became of it is a toast */}
      <p role="status" className="sr-only">
        {jobs.map((job) => job.title).join(', ')}
      </p>
      <ul aria-label="Running" className="flex min-h-0 flex-col gap-1 overflow-y-auto p-px">
        {jobs.map((job) => (
          <li key={job.id}>
            <JobCard job={job} />
            <NarrowJob job={job} />
          </li>
        ))}
      </ul>
    </>
  );
}

function JobCard({ job }: { readonly job: Job }) {
  const cancel = useAction('jobs.cancel', { onError: (error) => toast.error(error.message) });
  return (
    <div className="rounded-md bg-surface p-2 shadow-[0_0_0_1px_var(--color-border)] narrow:hidden">
      <div className="flex items-center justify-between gap-1">
        <span className="truncate font-medium text-xs">{job.title}</span>
        <IconButton
          icon={X}
          label={`Cancel: ${job.title}`}
          size="sm"
          className="-my-1 -mr-1"
          disabled={cancel.isPending}
          onClick={() => cancel.mutate({ id: job.id })}
        />
      </div>
      <div className="tnum truncate text-text-3 text-xs">{progressText(job)}</div>
      <Progress label={job.title} done={job.done} total={job.total} className="mt-1.5" />
    </div>
  );
}

function NarrowJob({ job }: { readonly job: Job }) {
  const cancel = useAction('jobs.cancel', { onError: (error) => toast.error(error.message) });
  return (
    <Tooltip side="right" text={`${job.title}: ${progressText(job)}. Click to cancel.`}>
      <button
        type="button"
        aria-label={`Cancel: ${job.title}, ${progressText(job)}`}
        onClick={() => cancel.mutate({ id: job.id })}
        className="hidden h-9 w-full items-center justify-center rounded-md text-accent-text hover:bg-hover narrow:flex"
      >
        <LoaderCircle aria-hidden className="size-4 motion-safe:animate-spin" strokeWidth={1.5} />
      </button>
    </Tooltip>
  );
}

/** `1,907 of 3,020 files`, `212 MB of 2.1 GB`, `waiting`. */
export function progressText(job: Job): string {
  if (job.state === 'queued') return 'waiting';
  const amount = job.unit === 'bytes' ? formatBytes : formatCount;
  const unit = job.unit === 'bytes' ? '' : ` ${job.unit}`;
  return job.total === null
    ? `${amount(job.done)}${unit}`
    : `${amount(job.done)} of ${amount(job.total)}${unit}`;
}
