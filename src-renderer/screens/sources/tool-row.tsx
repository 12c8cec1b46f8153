import { ChevronRight } from 'lucide-react';
import { useId, useState } from 'react';
import type { FoundTool } from '../../../src-preload/contract/scan.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { progressText } from '../../ui/frame/jobs-area.tsx';
import { formatBytes, plural } from '../../ui/numbers.ts';
import { Progress } from '../../ui/progress.tsx';
import { FollowingMark } from './following-mark.tsx';
import { ToolFolders } from './tool-folders.tsx';
import { toolState } from './tool-state.ts';
import type { Scan } from './use-scan.ts';

interface ToolRowProps {
  readonly tool: FoundTool;
  readonly scan: Scan;
}

/** One tool: what was found in a line, its folders on demand. */
export function ToolRow({ tool, scan }: ToolRowProps) {
  const [isOpen, setOpen] = useState(false);
  const panel = useId();
  const state = toolState(tool);
  const isRead = scan.isRunning && (scan.tools === null || scan.tools.includes(tool.tool)) && tool.files > 0;
  return (
    <li className="border-t">
      <div className="grid min-h-10 grid-cols-[minmax(0,1.1fr)_minmax(0,1.6fr)_110px_84px_150px_92px] items-center gap-3 py-1 pr-2 pl-2 text-sm narrow:grid-cols-[minmax(0,1fr)_84px_70px_140px_92px] tight:grid-cols-[minmax(0,1fr)_auto_auto]">
        <button
          type="button"
          aria-expanded={isOpen}
          aria-controls={panel}
          onClick={() => setOpen(!isOpen)}
          className="flex h-7 min-w-0 items-center gap-1.5 rounded-md px-1 text-left font-medium hover:bg-hover"
        >
          <ChevronRight aria-hidden className={cx('size-3.5 shrink-0 text-text-3', isOpen && 'rotate-90')} />
          <span title={tool.label} className={cx('truncate', state.kind === 'absent' && 'text-text-2')}>
            {tool.label}
          </span>
        </button>
        <Where tool={tool} />
        <span className="tnum text-right text-text-2 tight:hidden">
          {tool.files > 0 ? plural(tool.files, 'file') : ''}
        </span>
        <span className="tnum text-right tight:hidden">{tool.files > 0 ? formatBytes(tool.bytes) : ''}</span>
        <span className="text-right">
          <State tool={tool} />
        </span>
        <span className="text-right">
          {tool.files > 0 && (
            <Button
              size="sm"
              disabled={scan.isRunning}
              aria-label={`Read now: ${tool.label}`}
              onClick={() => scan.run([tool.tool])}
            >
              Read now
            </Button>
          )}
        </span>
      </div>
      {isRead && <Reading tool={tool} scan={scan} />}
      <div id={panel} hidden={!isOpen}>
        {isOpen && <ToolFolders tool={tool} />}
      </div>
    </li>
  );
}

function Where({ tool }: { readonly tool: FoundTool }) {
  const found = tool.folders.filter((folder) => folder.found);
  const shown = (found.length > 0 ? found : tool.folders).map((folder) => folder.path);
  return (
    <span title={shown.join('\n')} className="truncate font-mono text-text-3 text-xs narrow:hidden">
      {shown[0]}
      {shown.length > 1 && ` + ${shown.length - 1}`}
    </span>
  );
}

function State({ tool }: { readonly tool: FoundTool }) {
  const state = toolState(tool);
  switch (state.kind) {
    case 'unread':
      return <Badge tone="info">{state.isFirst ? 'Not read yet' : `${formatBytes(state.bytes)} new`}</Badge>;
    case 'failing':
      return (
        <Badge tone="over" title={state.error}>
          Cannot be read
        </Badge>
      );
    case 'current':
      return <FollowingMark of={tool} />;
    case 'empty':
      return <span className="text-text-3 text-xs">no usage in it</span>;
    case 'absent':
      return (
        <span className="text-text-3 text-xs">
          {tool.folders.length === 0 ? 'no usual folder' : 'not found'}
        </span>
      );
  }
}

function Reading({ tool, scan }: ToolRowProps) {
  return (
    <div className="flex items-center gap-3 px-4 pb-2">
      <Progress
        label={`Reading ${tool.label}`}
        done={scan.job?.done ?? 0}
        total={scan.job?.total ?? null}
        className="flex-1"
      />
      <span className="tnum text-text-3 text-xs">{scan.job ? progressText(scan.job) : 'starting'}</span>
    </div>
  );
}
