import { ScrollText, ShieldCheck } from 'lucide-react';
import { useAction, useRoute } from '../../api/client.ts';
import { Button } from '../../ui/button.tsx';
import { Card, CardHead } from '../../ui/card.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Notice } from '../../ui/notice.tsx';
import { plural } from '../../ui/numbers.ts';
import { PageBody } from '../../ui/page-body.tsx';
import { Skeleton } from '../../ui/progress.tsx';
import { toast } from '../../ui/toast.tsx';
import { AuditList, pageSize } from './audit-list.tsx';

/** What was changed, and whether the log of it can be believed. */
export function Audit() {
  const first = useRoute('audit.list', { offset: 0, limit: pageSize });
  const verify = useAction('audit.verify', { onError: (error) => toast.error(error.message) });
  const check = verify.data;
  if (first.error)
    return (
      <PageBody>
        <Notice tone="over">{first.error.message}</Notice>
      </PageBody>
    );
  if (!first.data)
    return (
      <PageBody>
        <Skeleton className="h-60" />
      </PageBody>
    );
  const { total } = first.data;
  return (
    <div className="flex h-full min-h-0 flex-col gap-3 px-5 pt-3 pb-4 narrow:px-4">
      {check && (
        <Notice
          tone={check.isSound ? 'info' : 'over'}
          {...(check.isSound && { icon: ShieldCheck })}
          className="shrink-0"
        >
          <b className="font-semibold">{check.isSound ? 'The log is sound.' : 'The log was changed.'}</b>{' '}
          {check.explanation}
        </Notice>
      )}
      <Card aria-labelledby="audit" className="min-h-0 overflow-hidden">
        <CardHead
          id="audit"
          title="Audit log"
          sum={plural(total, 'entry', 'entries')}
          className="border-b"
          tools={
            <Button
              size="sm"
              icon={ShieldCheck}
              disabled={verify.isPending || total === 0}
              onClick={() => verify.mutate({})}
            >
              {verify.isPending ? 'Verifying…' : 'Verify'}
            </Button>
          }
        />
        {total === 0 ? (
          <Empty icon={ScrollText} title="Nothing has been changed yet">
            Changes of keys, accounts, sources, settings and prices are written here, each tied to the one
            before it, so that none can be changed or removed unseen.
          </Empty>
        ) : (
          <AuditList total={total} firstBadId={check?.firstBadId ?? null} />
        )}
      </Card>
    </div>
  );
}
