import { Copy } from 'lucide-react';
import { useRoute } from '../../api/client.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Notice } from '../../ui/notice.tsx';
import { toast } from '../../ui/toast.tsx';
import { Backups } from './backups.tsx';
import { SampleData } from './sample-data.tsx';
import { SettingRow } from './setting-row.tsx';
import { VerifyLedger } from './verify-ledger.tsx';

/** Where the ledger lives, whether it is whole, and its copies. */
export function Data() {
  const info = useRoute('app.info', {}).data;
  const copy = (path: string) =>
    navigator.clipboard.writeText(path).then(
      () => toast.success('Path copied.'),
      () => toast.error('The clipboard refused. Select the path and copy it.'),
    );
  return (
    <>
      {info?.notices.map((notice) => (
        <Notice key={notice.code}>{notice.message}</Notice>
      ))}
      <Card aria-label="Ledger">
        <SettingRow
          label="Data folder"
          help={<code className="select-text break-all font-mono text-xs">{info?.dataDir ?? '…'}</code>}
        >
          <Button icon={Copy} disabled={!info} onClick={() => info && void copy(info.dataDir)}>
            Copy path
          </Button>
        </SettingRow>
        <VerifyLedger records={info?.records ?? 0} />
        {info?.sampleData && <SampleData />}
      </Card>
      <Backups />
    </>
  );
}
