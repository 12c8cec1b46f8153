import { Stethoscope } from 'lucide-react';
import { useRoute } from '../../api/client.ts';
import { Button } from '../../ui/button.tsx';
import { useHashParams } from '../../ui/hash-location.ts';
import { Notice } from '../../ui/notice.tsx';
import { Accounts } from './accounts.tsx';
import { AssumedAccounts } from './assumed-accounts.tsx';
import { DoctorSheet } from './doctor-sheet.tsx';
import { LedgerSources } from './ledger-sources.tsx';
import { LogTools } from './log-tools.tsx';

/** Everything that tells the ledger something: logs on this machine, sources already read, and whose money it is. */
export function Sources() {
  // In the address, so that the palette can lead here.
  const [params, change] = useHashParams();
  const setDoctorOpen = (open: boolean) => change({ check: open ? 'everything' : null });
  const sources = useRoute('sources.list', {});
  const accounts = useRoute('accounts.list', {});
  const failed = sources.error ?? accounts.error;
  return (
    <div className="flex flex-col gap-3 px-5 pt-3 pb-4 narrow:px-4">
      <div className="flex items-center gap-3">
        <p className="min-w-0 flex-1 text-sm text-text-2">
          Where the figures come from, and which account pays. Files you import appear here too.
        </p>
        <Button icon={Stethoscope} onClick={() => setDoctorOpen(true)}>
          Check everything
        </Button>
      </div>
      {failed && <Notice tone="over">{failed.message}</Notice>}
      {accounts.data && (
        <AssumedAccounts accounts={accounts.data.accounts} sources={sources.data?.sources ?? []} />
      )}
      <LogTools />
      {sources.data && accounts.data && (
        <LedgerSources sources={sources.data.sources} accounts={accounts.data.accounts} />
      )}
      {accounts.data && <Accounts accounts={accounts.data.accounts} />}
      <DoctorSheet open={params.has('check')} onOpenChange={setDoctorOpen} />
    </div>
  );
}
