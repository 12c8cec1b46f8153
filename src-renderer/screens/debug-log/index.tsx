import { Bug, Trash2 } from 'lucide-react';
import type { DebugEntry } from '../../../src-preload/contract/debug-log.ts';
import { useAction, useRoute } from '../../api/client.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card, CardHead, Well } from '../../ui/card.tsx';
import { formatMoment } from '../../ui/dates.ts';
import { Disclosure } from '../../ui/disclosure.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PageBody } from '../../ui/page-body.tsx';
import { Skeleton } from '../../ui/progress.tsx';
import { toast } from '../../ui/toast.tsx';
import { outcomeOf, prettyBody } from './pretty.ts';

/** What was sent to vendors and what came back, while the user wants to see it. */
export function DebugLog() {
  const { data, error, refetch, isFetching } = useRoute('debugLog.list', {});
  const level = useRoute('settings.get', {}).data?.settings.debugLog;
  const info = useRoute('app.info', {}).data;
  const clear = useAction('debugLog.clear', {
    onSuccess: () => void refetch(),
    onError: (trouble) => toast.error(trouble.message),
  });
  if (error)
    return (
      <PageBody>
        <Notice tone="over">{error.message}</Notice>
      </PageBody>
    );
  if (!data || !info)
    return (
      <PageBody>
        <Skeleton className="h-60" />
      </PageBody>
    );
  const { entries, path } = data;
  return (
    <PageBody>
      {level === 'with-text' && (
        <Notice>Prompts and replies are being kept in {path}. Switch it off when you are done.</Notice>
      )}
      <Card aria-labelledby="debug-log">
        <CardHead
          id="debug-log"
          title="Debug log"
          sum={entries.length > 0 ? `${entries.length} latest requests` : undefined}
          tools={
            <>
              <Button size="sm" disabled={isFetching} onClick={() => void refetch()}>
                Refresh
              </Button>
              <Button size="sm" icon={Trash2} disabled={clear.isPending} onClick={() => clear.mutate({})}>
                Clear
              </Button>
            </>
          }
        />
        {entries.length === 0 ? (
          <Empty icon={Bug} title={level === 'off' ? 'The debug log is off' : 'Nothing was sent yet'}>
            {level === 'off' ? (
              <>
                Switch it on in{' '}
                <a href="#/settings?tab=calls" className="font-medium text-accent-text hover:underline">
                  Settings, Calls
                </a>{' '}
                to see each request to a vendor and its reply, without keys.
              </>
            ) : (
              'Requests appear here when a vendor is asked for something. Those of earlier runs are in the file.'
            )}
          </Empty>
        ) : (
          <ul>
            {entries.map((entry) => (
              <EntryLine key={entry.id} entry={entry} zone={info.zone} today={info.today} />
            ))}
          </ul>
        )}
      </Card>
      <p className="break-all px-1 text-text-3 text-xs">All of it: {path}</p>
    </PageBody>
  );
}

interface EntryLineProps {
  readonly entry: DebugEntry;
  readonly zone: string;
  readonly today: string;
}

function EntryLine({ entry, zone, today }: EntryLineProps) {
  const { text, tone } = outcomeOf(entry);
  const url = new URL(entry.url);
  return (
    <li className="border-t">
      <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1 px-4 pt-2 text-sm">
        <span className="tnum text-text-2">{formatMoment(entry.at, zone, today)}</span>
        <Badge tone={tone}>{text}</Badge>
        <span className="font-medium">{entry.connection}</span>
        <span className="min-w-0 flex-1 truncate font-mono text-xs" title={entry.url}>
          {entry.method} {url.host}
          {url.pathname}
        </span>
        <span className="tnum text-text-3">{entry.ms} ms</span>
      </div>
      <Disclosure label="Request and reply">
        <div className="grid gap-3 px-4 pb-3">
          <Part title="Request" headers={entry.requestHeaders} body={entry.requestBody} />
          <Part title="Reply" headers={entry.responseHeaders} body={entry.responseBody} />
          {entry.error !== null && <Notice tone="over">{entry.error}</Notice>}
        </div>
      </Disclosure>
    </li>
  );
}

interface PartProps {
  readonly title: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

function Part({ title, headers, body }: PartProps) {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const text = [...lines, ...(body === '' ? [] : ['', prettyBody(body)])].join('\n');
  return (
    <section aria-label={title}>
      <h3 className="mb-1 font-medium text-sm text-text-2">{title}</h3>
      <Well className="max-h-80 overflow-auto p-2">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled area must be reachable by keyboard */}
        <pre tabIndex={0} className="select-text whitespace-pre-wrap break-all font-mono text-xs">
          {text === '' ? 'Empty' : text}
        </pre>
      </Well>
    </section>
  );
}
