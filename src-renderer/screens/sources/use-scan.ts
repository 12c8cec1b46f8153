import { useState } from 'react';
import type { Job } from '../../../src-preload/contract/data.ts';
import type { RouteOutput } from '../../../src-preload/contract/index.ts';
import { useAction } from '../../api/client.ts';
import { jobByRef, useJobs } from '../../api/jobs.ts';
import { toast } from '../../ui/toast.tsx';
import { scanSentence } from './scan-words.ts';

export type ScannedTool = RouteOutput<'scan.run'>['tools'][number];

export interface Scan {
  readonly isRunning: boolean;
  /** Progress of the running scan; it also shows in the jobs area. */
  readonly job: Job | undefined;
  /** What the last scan found in each tool, until the next one. */
  readonly results: readonly ScannedTool[];
  /** Tools being read; null for all. */
  readonly tools: readonly string[] | null;
  /** Reads what is new of the named tools, or of all (null). */
  run(tools: readonly string[] | null): void;
}

let scans = 0;

/** Reading logs, for one card: one scan at a time. */
export function useScan(): Scan {
  const [ref, setRef] = useState('');
  const [tools, setTools] = useState<readonly string[] | null>(null);
  const job = useJobs((state) => jobByRef(state.jobs, ref));
  const action = useAction('scan.run', {
    onSuccess: (output) => toast.success(scanSentence(output.tools)),
    onError: (error) => toast.error(error.message),
  });
  return {
    isRunning: action.isPending,
    job: action.isPending ? job : undefined,
    results: action.data?.tools ?? [],
    tools,
    run(chosen) {
      scans += 1;
      const next = `sources-scan-${Date.now()}-${scans}`;
      setRef(next);
      setTools(chosen);
      action.mutate({ ref: next, ...(chosen && { tools: [...chosen] }) });
    },
  };
}
