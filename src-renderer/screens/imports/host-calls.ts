import type { FileRef, ImportRow, ReadyPreview } from '../../../src-preload/contract/imports.ts';
import type { RouteInput, RouteName, RouteOutput } from '../../../src-preload/contract/index.ts';
import type { Result } from '../../../src-preload/contract/result.ts';
import { type Item, type Phase, spread } from './queue.ts';

/** A file the window holds, or one the user named by its path. */
export type Picked = File | { readonly path: string };

/** What the sheet needs from the host. */
export interface ImportPorts {
  call<R extends RouteName>(route: R, input: RouteInput<R>): Promise<Result<RouteOutput<R>>>;
  /** The path of a file where the host knows it, else null: then it is uploaded. */
  pathOf(file: File): string | null;
  upload(file: File): Promise<Result<{ readonly uploadId: string }>>;
}

/** A file's reference for the core; uploads it where the host cannot reach it. */
export async function refOf(
  ports: ImportPorts,
  item: Item,
  picked: Picked | undefined,
): Promise<Result<FileRef>> {
  if (item.file) return { ok: true, data: item.file };
  if (!picked) return missing;
  if (!(picked instanceof File)) return { ok: true, data: { path: picked.path } };
  const path = ports.pathOf(picked);
  if (path !== null) return { ok: true, data: { path } };
  const uploaded = await ports.upload(picked);
  return uploaded.ok ? { ok: true, data: { uploadId: uploaded.data.uploadId } } : uploaded;
}

/** Previews one item; the answer is the items to put in its place. */
export async function readItem(ports: ImportPorts, item: Item, file: FileRef): Promise<readonly Item[]> {
  const answer = await ports.call('imports.preview', { file, ...item.choice, ref: item.key });
  const held = { ...item, file };
  if (!answer.ok) return [{ ...held, phase: failed(answer.error.message) }];
  const { files } = answer.data;
  return spread(held, item.member === null ? files : files.filter((one) => one.fileName === item.member));
}

/** Commits one item that was previewed as `preview`; refused when the file changed since. */
export async function commitItem(
  ports: ImportPorts,
  item: Item & { readonly file: FileRef },
  preview: ReadyPreview,
): Promise<{ readonly phase: Phase; readonly imports: readonly ImportRow[] }> {
  const answer = await ports.call('imports.commit', {
    file: item.file,
    ...item.choice,
    sha256: preview.sha256,
    ref: item.key,
    ...(item.member === null ? {} : { member: item.member }),
    ...(item.choice.mapping ? { saveMapping: true } : {}),
  });
  if (!answer.ok) return { phase: failed(answer.error.message), imports: [] };
  const { imports, unreadable } = answer.data;
  const [trouble] = unreadable;
  if (imports.length === 0 && trouble) return { phase: failed(trouble.reason), imports };
  return { phase: { kind: 'committed', preview, imports }, imports };
}

/** Cancels the job that works for `ref`, if one does. */
export async function stopJob(ports: ImportPorts, ref: string): Promise<void> {
  const answer = await ports.call('jobs.list', {});
  const job = answer.ok
    ? answer.data.jobs.find((one) => one.ref === ref && (one.state === 'queued' || one.state === 'running'))
    : undefined;
  if (job) await ports.call('jobs.cancel', { id: job.id });
}

export function failed(message: string): Phase {
  return { kind: 'failed', message };
}

const missing: Result<never> = {
  ok: false,
  error: { code: 'NOT_FOUND', message: 'The file is no longer held by this window. Choose it again.' },
};
