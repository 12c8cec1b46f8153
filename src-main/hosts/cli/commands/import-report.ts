import type { Problem } from '../../../../src-preload/contract/imports.ts';

export interface ImportOptions {
  readonly as?: string;
  readonly account?: string;
  readonly dryRun?: boolean;
  readonly map?: string;
  readonly mapOptions?: string;
}

/** One file (or one file inside an archive) of the answer. */
export interface FileReport {
  /** As given on the command line. */
  readonly path: string;
  readonly fileName: string;
  readonly format: string | null;
  readonly accepted: number;
  readonly updated: number;
  readonly duplicate: number;
  readonly refused: number;
  readonly skipped: number;
  readonly unpriced: number;
  /** null when nothing was written: a dry run, or a file that could not be read. */
  readonly importId: number | null;
  readonly account: string | null;
  readonly costNanoUsd: number;
  readonly problems: readonly Pick<Problem, 'line' | 'reason'>[];
  /** Sentences: plausibility checks that failed, overlaps with earlier imports. */
  readonly warnings: readonly string[];
  /** Why the file could not be read at all. */
  readonly error: { readonly code: string; readonly message: string } | null;
}
