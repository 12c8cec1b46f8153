import { useState } from 'react';
import type { VaultStatus } from '../../../../src-preload/contract/vault.ts';
import { useAction, useRoute } from '../../../api/client.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button, ButtonLink } from '../../../ui/button.tsx';
import { Card, CardHead } from '../../../ui/card.tsx';
import { formatMoment } from '../../../ui/dates.ts';
import { Notice } from '../../../ui/notice.tsx';
import { plural } from '../../../ui/numbers.ts';
import { Skeleton } from '../../../ui/progress.tsx';
import { toast } from '../../../ui/toast.tsx';
import { askToUnlock } from '../../../ui/unlock-request.ts';
import { useView } from '../../../ui/use-view.ts';
import { SettingRow } from '../setting-row.tsx';
import { ExportDialog, ImportDialog } from './move-dialogs.tsx';
import { OnePassphraseDialog, PassphraseDialog } from './passphrase-dialog.tsx';
import { protectionOf } from './protection.ts';

type Asked = 'passphrase' | 'remove' | 'rotate' | 'export' | 'import';

/** What protects the keys, and what can be done about it. */
export function Keys() {
  const { data: status, error } = useRoute('vault.status', {});
  const [asked, setAsked] = useState<Asked | null>(null);
  if (error) return <Notice tone="over">{error.message}</Notice>;
  if (!status) return <Skeleton className="h-60" />;
  const close = () => setAsked(null);
  return (
    <>
      {status.trouble !== null && <Notice tone={status.isLocked ? 'over' : 'warn'}>{status.trouble}</Notice>}
      <Card aria-labelledby="vault">
        <CardHead id="vault" title="Keys and vault" sum={plural(status.keys, 'key')} />
        <ProtectionRow status={status} />
        <PassphraseRow status={status} onAsk={setAsked} />
        <RenewRow status={status} onAsk={setAsked} />
        <SettingRow
          label="Take them along"
          help="All keys in one file that only a passphrase opens. The backups of the ledger hold none."
        >
          <Button disabled={status.isLocked || status.keys === 0} onClick={() => setAsked('export')}>
            Export…
          </Button>
          <Button disabled={status.isLocked} onClick={() => setAsked('import')}>
            Import…
          </Button>
        </SettingRow>
      </Card>
      <Card aria-label="Audit log">
        <SettingRow
          label="Audit log"
          help="Every change of keys, accounts, sources, settings and prices, each tied to the one before it."
        >
          <ButtonLink href="#/audit">Open audit log</ButtonLink>
        </SettingRow>
      </Card>
      {asked === 'passphrase' && <PassphraseDialog status={status} onClose={close} />}
      {(asked === 'remove' || asked === 'rotate') && (
        <OnePassphraseDialog status={status} work={asked} onClose={close} />
      )}
      {asked === 'export' && <ExportDialog onClose={close} />}
      {asked === 'import' && <ImportDialog onClose={close} />}
    </>
  );
}

function ProtectionRow({ status }: { readonly status: VaultStatus }) {
  const { label, tone } = protectionOf(status);
  const lock = useAction('vault.lock', { onError: (error) => toast.error(error.message) });
  const isKept = status.slots.length > 0;
  return (
    <SettingRow label="Protection" help={status.explanation} className="border-t">
      <Badge tone={tone}>{label}</Badge>
      {status.isLocked ? (
        <Button kind="primary" onClick={askToUnlock}>
          Unlock…
        </Button>
      ) : (
        isKept && (
          <Button disabled={lock.isPending} onClick={() => lock.mutate({})}>
            Lock now
          </Button>
        )
      )}
    </SettingRow>
  );
}

interface RowProps {
  readonly status: VaultStatus;
  readonly onAsk: (asked: Asked) => void;
}

function PassphraseRow({ status, onAsk }: RowProps) {
  const isSet = status.slots.includes('passphrase');
  return (
    <SettingRow
      label="Passphrase"
      help={
        isSet
          ? 'Opens the keys in the app, in the browser and on the command line, also where the system cannot.'
          : status.protection === 'session'
            ? 'Keeps the keys after LLMLab ends.'
            : 'A second way to the keys, for the command line or a new installation of the system.'
      }
    >
      {isSet && (
        <Button kind="quiet" disabled={status.isLocked} onClick={() => onAsk('remove')}>
          Remove
        </Button>
      )}
      <Button
        kind={status.protection === 'session' && !status.isLocked ? 'primary' : 'default'}
        disabled={status.isLocked}
        onClick={() => onAsk('passphrase')}
      >
        {isSet ? 'Change…' : 'Set…'}
      </Button>
    </SettingRow>
  );
}

function RenewRow({ status, onAsk }: RowProps) {
  const { today, zone } = useView();
  if (status.rotatedAt === null) return null;
  return (
    <SettingRow
      label="Data key"
      help={`What the keys are encrypted with, made on ${formatMoment(status.rotatedAt, zone, today)}. Renew it when someone may have seen it.`}
    >
      <Button disabled={status.isLocked} onClick={() => onAsk('rotate')}>
        Renew…
      </Button>
    </SettingRow>
  );
}
