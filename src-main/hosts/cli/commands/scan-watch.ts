import type { Source } from '../../../../src-preload/contract/sources.ts';
import { nodeFollowing } from '../../../platform/following.ts';
import type { Run } from '../command.ts';
import type { Session } from '../session.ts';
import { counted, plain } from '../text.ts';

interface Change {
  readonly source: number;
  readonly label: string;
  readonly added: number;
  readonly records: number;
  readonly error: string | null;
}

/** Follows the logs until Ctrl-C. Prints a line per source that grew; with `--json` each change is one line `{"changed"}`. */
export async function watchLogs(
  run: Run,
  { ask, core }: Session,
  tools: readonly string[] | undefined,
): Promise<void> {
  const { promise: told, resolve: tell } = Promise.withResolvers<void>();
  const release = run.io.onInterrupt(tell);
  const listed = async () => (await ask('sources.list', {})).sources;
  let known = await listed();
  let queue = Promise.resolve();
  const show = async (): Promise<void> => {
    const now = await listed();
    const changed = changesOf(known, now);
    known = now;
    if (changed.length > 0) run.print({ changed }, () => changed.map(sentence).join('\n'));
  };
  const silence = core.events.listen(({ kind }) => {
    // What is cut short by Ctrl-C is in the ledger all the same.
    if (kind === 'ledger.changed' || kind === 'following.changed')
      queue = queue.then(show).catch(() => undefined);
  });
  core.follow({ ...nodeFollowing, asked: true, ...(tools && { tools }) });
  run.hint('Reading on as they are written. Ctrl-C ends it.');
  try {
    await told;
    await queue;
  } finally {
    silence();
    release();
  }
}

function changesOf(before: readonly Source[], now: readonly Source[]): readonly Change[] {
  return now.flatMap(({ id, label, records, error }) => {
    const old = before.find((source) => source.id === id);
    const added = records - (old?.records ?? 0);
    if (added === 0 && error === (old?.error ?? null)) return [];
    return [{ source: id, label, added, records, error }];
  });
}

function sentence({ label, added, records, error }: Change): string {
  const grown =
    added === 0
      ? ''
      : `${added > 0 ? '+' : ''}${counted(added, 'record')}, ${counted(records, 'record')} in all`;
  return `${plain(label)}: ${[grown, error === null ? '' : plain(error)].filter(Boolean).join('. ')}`;
}
