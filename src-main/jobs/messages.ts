import type { ErrorCode, ErrorData } from '../../src-preload/contract/errors.ts';
import type { TaskSettings, Unit } from './context.ts';
import type { WriterFacts } from './run-task.ts';

/** What the worker thread is started with. */
export interface WorkerStart extends WriterFacts {
  readonly ledger: string;
  /** The ledger was not checked yet: the worker does, before it opens it for writing and before the first task. */
  readonly isUnchecked?: boolean;
}

export interface TaskRequest {
  readonly id: number;
  readonly task: string;
  readonly input: unknown;
  readonly settings: TaskSettings;
  /** One Int32, set to 1 when the user cancels: the worker looks at it while it is busy. */
  readonly cancel: SharedArrayBuffer;
}

export type TaskReply =
  | {
      readonly kind: 'progress';
      readonly id: number;
      readonly done: number;
      readonly total: number | null;
      readonly unit: Unit;
    }
  | { readonly kind: 'done'; readonly id: number; readonly output: unknown }
  | {
      readonly kind: 'failed';
      readonly id: number;
      readonly code: ErrorCode;
      readonly message: string;
      readonly data?: ErrorData;
    };
