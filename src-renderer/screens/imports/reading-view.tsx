import { jobByRef, useJobs } from '../../api/jobs.ts';
import { Button } from '../../ui/button.tsx';
import { formatCompact } from '../../ui/numbers.ts';
import { Progress, Skeleton } from '../../ui/progress.tsx';
import type { Item } from './queue.ts';

/** A file on its way: how far it is, a way to stop, and the places of what will stand here. */
export function ReadingView({ item, onCancel }: { readonly item: Item; readonly onCancel: () => void }) {
  const job = useJobs((state) => jobByRef(state.jobs, item.key));
  const done = job?.done ?? 0;
  return (
    <div className="pt-2 pb-5">
      <div className="flex items-center gap-3">
        <div className="min-w-0 flex-1">
          <p role="status" className="tnum mb-1.5 text-sm text-text-2">
            {wordsFor(item, job ? `${formatCompact(done)} ${job.unit}` : '')}
          </p>
          <Progress label={`Reading ${item.name}`} done={done} total={job?.total ?? null} />
        </div>
        <Button onClick={onCancel}>Stop reading</Button>
      </div>
      <div aria-hidden className="mt-7 flex gap-6">
        {[0, 1, 2, 3, 4].map((tile) => (
          <div key={tile} className="flex flex-1 flex-col gap-2">
            <Skeleton className="w-12" />
            <Skeleton className="h-5 w-16" />
            <Skeleton className="w-20" />
          </div>
        ))}
      </div>
      <div aria-hidden className="mt-10 flex flex-col gap-3.5">
        {[0, 1, 2, 3, 4, 5, 6, 7].map((row) => (
          <Skeleton key={row} className={row % 2 === 0 ? 'w-full' : 'w-5/6'} />
        ))}
      </div>
    </div>
  );
}

function wordsFor(item: Item, counted: string): string {
  switch (item.phase.kind) {
    case 'waiting':
      return 'Waiting for the file before it';
    case 'uploading':
      return 'Handing the file to LLMLab on this machine';
    default:
      return counted === '' ? 'Reading' : `Reading, ${counted} so far`;
  }
}
