import { CornerDownLeft } from 'lucide-react';
import { useId, useState } from 'react';
import type { FoundTool } from '../../../src-preload/contract/scan.ts';
import { useAction, useRoute } from '../../api/client.ts';
import { activeJobs, jobByRef, useJobs } from '../../api/jobs.ts';
import { Button } from '../../ui/button.tsx';
import { Card, CardHead } from '../../ui/card.tsx';
import { cx } from '../../ui/cx.ts';
import { Checkbox } from '../../ui/field.tsx';
import { focusInPlace } from '../../ui/focus-in-place.ts';
import { progressText } from '../../ui/frame/jobs-area.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { formatBytes, plural } from '../../ui/numbers.ts';
import { Progress, Skeleton } from '../../ui/progress.tsx';
import { toast } from '../../ui/toast.tsx';
import { folderOf, lookedForWords, splitFound } from './found-logs.ts';

const ref = 'first-run';

/** Logs of coding agents on this machine, and one button that reads them. */
export function FoundCard() {
  const find = useRoute('scan.find', {});
  const [left, setLeft] = useState<readonly string[]>([]);
  if (find.error) return <Card className="p-4 text-sm text-text-2">{find.error.message}</Card>;
  if (!find.data) return <Looking />;
  const { found, missing } = splitFound(find.data.tools);
  const chosen = found.filter((tool) => !left.includes(tool.tool));
  const toggle = (tool: string) =>
    setLeft(left.includes(tool) ? left.filter((other) => other !== tool) : [...left, tool]);
  const bytes = found.reduce((sum, tool) => sum + tool.bytes, 0);
  const lookedFor = lookedForWords(missing);
  return (
    <Card aria-label="Found on this machine">
      <CardHead
        title={found.length === 0 ? 'No agent logs on this machine' : 'Found on this machine'}
        sum={found.length > 0 && `${plural(found.length, 'tool')} with logs, ${formatBytes(bytes)}`}
      />
      <ul>
        {found.map((tool) => (
          <ToolRow
            key={tool.tool}
            tool={tool}
            checked={chosen.includes(tool)}
            onToggle={() => toggle(tool.tool)}
          />
        ))}
      </ul>
      {lookedFor !== '' && (
        <p className="border-t border-t-grid px-4 py-2.5 text-sm text-text-2">
          {found.length === 0 ? 'Looked for' : 'Also looked for'} {lookedFor}.{' '}
          {found.length === 0 && 'Kept elsewhere? '}
          <a href="#/sources" className="font-medium text-accent-text hover:underline">
            {found.length === 0 ? 'Add their folder in Sources' : 'Where it looked'}
          </a>
        </p>
      )}
      {found.length > 0 && <ReadFooter tools={chosen.map((tool) => tool.tool)} />}
    </Card>
  );
}

function Looking() {
  return (
    <Card aria-label="Looking for logs" aria-busy>
      <CardHead title="Looking for agent logs on this machine" />
      <div className="flex flex-col gap-3 border-t border-t-grid p-4">
        <Skeleton className="w-2/3" />
        <Skeleton className="w-1/2" />
      </div>
    </Card>
  );
}

interface ToolRowProps {
  readonly tool: FoundTool;
  readonly checked: boolean;
  readonly onToggle: () => void;
}

function ToolRow({ tool, checked, onToggle }: ToolRowProps) {
  const id = useId();
  const folder = folderOf(tool);
  return (
    <li className="border-t border-t-grid">
      <label
        htmlFor={id}
        className="grid h-10 grid-cols-[16px_120px_minmax(0,1fr)_96px_72px] items-center gap-3 px-4 hover:bg-hover"
      >
        <Checkbox id={id} checked={checked} onCheckedChange={onToggle} />
        <span className={cx('truncate', checked ? 'font-medium' : 'text-text-2')}>{tool.label}</span>
        <span title={folder} className="truncate font-mono text-sm text-text-3">
          {folder}
        </span>
        <span className="tnum text-right text-sm text-text-2">{plural(tool.files, 'file')}</span>
        <span className="tnum text-right text-sm">{formatBytes(tool.bytes)}</span>
      </label>
    </li>
  );
}

function ReadFooter({ tools }: { readonly tools: readonly string[] }) {
  const jobs = useJobs((state) => state.jobs);
  const running = jobByRef(activeJobs(jobs), ref);
  const scan = useAction('scan.run', {
    onSuccess: (done) => toast.success(readWords(done.tools)),
    onError: (error) => error.code !== 'CANCELLED' && toast.error(error.message),
  });
  const cancel = useAction('jobs.cancel');
  return (
    <footer className="flex min-h-14 items-center gap-4 rounded-b-lg border-t bg-sunken px-4 py-3">
      {scan.isPending ? (
        <>
          <div className="min-w-0 flex-1" role="status">
            <div className="tnum mb-1.5 flex justify-between text-sm">
              <span className="truncate font-medium">{running?.title ?? 'Reading the logs'}</span>
              <span className="text-text-2">{running && progressText(running)}</span>
            </div>
            <Progress label="Reading the logs" done={running?.done ?? 0} total={running?.total ?? null} />
          </div>
          <Button size="lg" disabled={!running} onClick={() => running && cancel.mutate({ id: running.id })}>
            Cancel
          </Button>
        </>
      ) : (
        <>
          <span className="flex-1 text-text-2 text-xs">
            Agents delete their logs after 30 days. What is read once stays in your ledger.
          </span>
          <Button
            ref={focusInPlace}
            kind="primary"
            size="lg"
            disabled={tools.length === 0}
            onClick={() => scan.mutate({ tools: [...tools], ref })}
          >
            Read {plural(tools.length, 'log')}
            <Kbd className="border-transparent! bg-[color-mix(in_srgb,currentColor_16%,transparent)]! text-inherit!">
              <CornerDownLeft aria-hidden className="size-3" />
            </Kbd>
          </Button>
        </>
      )}
    </footer>
  );
}

function readWords(tools: readonly { accepted: number; refused: number }[]): string {
  const accepted = tools.reduce((sum, tool) => sum + tool.accepted, 0);
  const refused = tools.reduce((sum, tool) => sum + tool.refused, 0);
  const said = accepted === 0 ? 'The logs state no usage' : `${plural(accepted, 'record')} read`;
  return refused === 0 ? said : `${said}, ${plural(refused, 'line')} refused: see Imports`;
}
