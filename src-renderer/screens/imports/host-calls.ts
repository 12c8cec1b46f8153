import type {
  Committed,
  FileRef,
  FormatGuess,
  Mapping,
  ReadyPreview,
} from '../../../src-preload/contract/imports.ts';
import type { RouteInput, RouteName, RouteOutput } from '../../../src-preload/contract/index.ts';
import type { PendingFile } from '../../ui/import-request.ts';
import type { UnknownPreview } from './mapping-draft.ts';
import { type Item, type Phase, spread } from './queue.ts';

/** What the sheet needs from the core. Throws an Error whose message is a sentence for the user. */
export interface ImportPorts {
  call<R extends RouteName>(route: R, input: RouteInput<R>): Promise<RouteOutput<R>>;
}

/** A file's reference for the core; an item that was read before keeps the one it has. */
export async function referenceOf(item: Item, picked: PendingFile | undefined): Promise<FileRef> {
  if (item.file) return item.file;
  if (!picked) throw new Error('This window no longer holds the file. Choose it again.');
  return picked.open();
}

/** Previews one item; the answer is the items to put in its place. */
export async function readItem(ports: ImportPorts, item: Item, file: FileRef): Promise<readonly Item[]> {
  const held = { ...item, file };
  try {
    const { files } = await ports.call('imports.preview', { file, ...item.choice, ref: item.key });
    return spread(held, item.member === null ? files : files.filter((one) => one.fileName === item.member));
  } catch (error) {
    return [{ ...held, phase: failed(error) }];
  }
}

/** How the cells of the chosen columns are written; null where the core cannot say. */
export async function guessFormats(
  ports: ImportPorts,
  { header, sample }: UnknownPreview,
  { columns }: Mapping,
): Promise<FormatGuess | null> {
  try {
    return await ports.call('imports.guess', { header, sample, columns });
  } catch {
    return null;
  }
}

export interface CommitOutcome {
  readonly phase: Phase;
  readonly files: readonly Committed[];
}

/** Commits one item that was previewed as `preview`; the core refuses it when the file changed since. */
export async function commitItem(
  ports: ImportPorts,
  item: Item & { readonly file: FileRef },
  preview: ReadyPreview,
): Promise<CommitOutcome> {
  try {
    const { files, unreadable } = await ports.call('imports.commit', {
      file: item.file,
      ...item.choice,
      sha256: preview.sha256,
      ref: item.key,
      ...(item.member === null ? {} : { member: item.member }),
      ...(item.choice.mapping ? { saveMapping: true } : {}),
    });
    const [trouble] = unreadable;
    if (files.length === 0 && trouble) return { phase: failed(new Error(trouble.reason)), files };
    return { phase: { kind: 'committed', preview, files }, files };
  } catch (error) {
    return { phase: failed(error), files: [] };
  }
}

/** Cancels the job that works for `ref`, if one does. A preview that cannot be stopped writes nothing anyway. */
export async function stopJob(ports: ImportPorts, ref: string): Promise<void> {
  try {
    const { jobs } = await ports.call('jobs.list', {});
    const job = jobs.find((one) => one.ref === ref && (one.state === 'queued' || one.state === 'running'));
    if (job) await ports.call('jobs.cancel', { id: job.id });
  } catch {
    return;
  }
}

export function failed(error: unknown): Phase {
  return { kind: 'failed', message: error instanceof Error ? error.message : String(error) };
}
