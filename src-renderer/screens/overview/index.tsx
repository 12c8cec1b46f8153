import { useRoute } from '../../api/client.ts';
import { Notice } from '../../ui/notice.tsx';
import { PageBody } from '../../ui/page-body.tsx';
import { Dashboard } from './dashboard.tsx';
import { FirstRun } from './first-run.tsx';

/** What was spent, on what, and how sure that is; the first run while the ledger is empty. */
export function Overview() {
  const info = useRoute('app.info', {});
  if (info.error) {
    return (
      <PageBody>
        <Notice tone="over">{info.error.message}</Notice>
      </PageBody>
    );
  }
  if (!info.data) return null;
  return info.data.records === 0 ? <FirstRun info={info.data} /> : <Dashboard info={info.data} />;
}
