import type { AppInfo } from '../../../src-preload/contract/app.ts';
import { useAction, useRoute } from '../../api/client.ts';
import { Notice, noticeAction } from '../../ui/notice.tsx';
import { plural } from '../../ui/numbers.ts';
import { toast } from '../../ui/toast.tsx';
import { askToUnlock } from '../../ui/unlock-request.ts';
import { type Concern, concernsOf } from './concerns.ts';

const mostShown = 2;

/** What the user should know before trusting the figures; the worst two, the rest waits in Sources. */
export function Concerns({ info }: { readonly info: AppInfo }) {
  const sources = useRoute('sources.list', {}).data?.sources ?? [];
  const accounts = useRoute('accounts.list', {}).data?.accounts ?? [];
  const connections = useRoute('connections.list', {}).data?.connections ?? [];
  const vault = useRoute('vault.status', {}).data ?? null;
  const concerns = concernsOf(info, sources, accounts, { connections, vault });
  const shown = concerns.slice(0, mostShown);
  return shown.map((concern, index) => (
    <Notice key={concern.key} tone={concern.tone} actions={<Act act={concern.act} />}>
      <b className="font-semibold">{concern.subject}</b> {concern.text}
      {index === mostShown - 1 && concerns.length > mostShown && (
        <>
          {' '}
          <a href="#/sources" className="font-medium underline underline-offset-2">
            {plural(concerns.length - mostShown, 'more notice')}
          </a>
        </>
      )}
    </Notice>
  ));
}

function Act({ act }: { readonly act: Concern['act'] }) {
  const scan = useAction('scan.run', {
    onSuccess: ({ tools }) => {
      const added = tools.reduce((sum, tool) => sum + tool.accepted, 0);
      toast.success(added === 0 ? 'Nothing new in the logs' : `${plural(added, 'new record')} read`);
    },
    onError: (error) => toast.error(error.message),
  });
  switch (act.kind) {
    case 'none':
      return null;
    case 'unlock':
      return (
        <button type="button" className={noticeAction(true)} onClick={askToUnlock}>
          Unlock
        </button>
      );
    case 'link':
      return (
        <a href={act.href} className={noticeAction(true)}>
          {act.label}
        </a>
      );
    case 'read':
      return (
        <button
          type="button"
          className={noticeAction(true)}
          disabled={scan.isPending}
          onClick={() => scan.mutate({ tools: [...act.tools] })}
        >
          {act.label}
        </button>
      );
  }
}
