import { RefreshCw } from 'lucide-react';
import { useState } from 'react';
import type { FoundTool } from '../../../src-preload/contract/scan.ts';
import { useRoute } from '../../api/client.ts';
import { Button } from '../../ui/button.tsx';
import { Card, CardHead } from '../../ui/card.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { Notice } from '../../ui/notice.tsx';
import { formatBytes, plural } from '../../ui/numbers.ts';
import { Skeleton } from '../../ui/progress.tsx';
import { FollowButton } from './follow-button.tsx';
import { ToolRow } from './tool-row.tsx';
import { splitTools } from './tool-state.ts';
import { useScan } from './use-scan.ts';

/** Logs of coding agents on this machine: where they are, what is new in them, and a button to read it. */
export function LogTools() {
  const found = useRoute('scan.find', {});
  const scan = useScan();
  const tools = found.data?.tools ?? [];
  // a row does not leave the open list, and the focus with it, because a folder was added to it
  const [kept, setKept] = useState<readonly string[]>([]);
  const { here, absent } = splitTools(tools, kept);
  const present = tools.filter((tool) => tool.files > 0);
  return (
    <Card aria-labelledby="log-tools">
      <CardHead
        id="log-tools"
        title="Logs on this machine"
        sum={found.data && sumOf(present)}
        tools={
          <>
            <FollowButton tools={tools} />
            <Button
              size="sm"
              kind="quiet"
              icon={RefreshCw}
              disabled={found.isFetching}
              onClick={() => void found.refetch()}
            >
              Look again
            </Button>
            <Button
              size="sm"
              disabled={present.length === 0 || scan.isRunning}
              onClick={() => scan.run(null)}
            >
              Read all
            </Button>
          </>
        }
      />
      {found.error && (
        <div className="px-4 pb-3">
          <Notice tone="over">{found.error.message}</Notice>
        </div>
      )}
      {found.isPending && <Skeleton className="mx-4 mb-4 h-20" />}
      <ul>
        {here.map((tool) => (
          <ToolRow key={tool.tool} tool={tool} scan={scan} />
        ))}
      </ul>
      {absent.length > 0 && (
        <Disclosure
          label={absentWords(absent.length, here.length)}
          className="border-t"
          onToggle={(isOpen) => setKept(isOpen ? absent.map((tool) => tool.tool) : [])}
        >
          <ul>
            {absent.map((tool) => (
              <ToolRow key={tool.tool} tool={tool} scan={scan} />
            ))}
          </ul>
        </Disclosure>
      )}
      <p className="border-t px-4 py-2 text-text-3 text-xs">
        LLMLab only reads these files. Agents delete their logs after 30 days; what is read once stays in your
        ledger.
      </p>
    </Card>
  );
}

function absentWords(absent: number, here: number): string {
  return here === 0
    ? `None of ${plural(absent, 'tool')} was found. Where each was looked for`
    : `${plural(absent, 'more tool')} not found on this machine`;
}

function sumOf(present: readonly FoundTool[]): string {
  if (present.length === 0) return 'none found';
  const total = (pick: (tool: FoundTool) => number) => present.reduce((sum, tool) => sum + pick(tool), 0);
  const unread = total((tool) => tool.unreadBytes);
  const state = unread > 0 ? `${formatBytes(unread)} not read yet` : 'all read';
  return `${plural(present.length, 'tool')}, ${formatBytes(total((tool) => tool.bytes))}, ${state}`;
}
