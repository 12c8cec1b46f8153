import { useId } from 'react';
import type { Connection, ProviderInfo } from '../../../src-preload/contract/connections.ts';
import { Button } from '../../ui/button.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { toast } from '../../ui/toast.tsx';
import { ConnectionForm } from './connection-form.tsx';
import { TestResult } from './test-result.tsx';
import { useConnectionForm } from './use-connection-form.ts';
import { useSync } from './use-sync.ts';

interface EditSheetProps {
  /** null while closed. */
  readonly connection: Connection | null;
  readonly provider: ProviderInfo | null;
  readonly onClose: () => void;
}

/** Changes a connection: keys are replaced, never shown. */
export function EditSheet({ connection, provider, onClose }: EditSheetProps) {
  if (!connection || !provider) return null;
  return <OpenSheet key={connection.id} connection={connection} provider={provider} onClose={onClose} />;
}

interface OpenSheetProps {
  readonly connection: Connection;
  readonly provider: ProviderInfo;
  readonly onClose: () => void;
}

function OpenSheet({ connection, provider, onClose }: OpenSheetProps) {
  const formId = useId();
  const sync = useSync(`${connection.name} is up to date`);
  const { form, test, save, runTest, submit } = useConnectionForm(provider, connection, (id) => {
    toast.success(`${connection.name} saved.`);
    sync.run({ connectionId: id });
    onClose();
  });
  return (
    <Sheet
      open
      onOpenChange={onClose}
      title={`Edit ${connection.name}`}
      description={provider.label}
      initialFocus={() => document.querySelector<HTMLElement>(`#${CSS.escape(formId)} input`)}
      footer={
        <>
          <span className="min-w-0 flex-1 text-text-2 text-xs">
            What was read already stays in the ledger.
          </span>
          <Button size="lg" onClick={onClose}>
            Cancel
          </Button>
          <Button size="lg" disabled={test.isPending} onClick={() => void runTest()}>
            Test
          </Button>
          <Button size="lg" kind="primary" type="submit" form={formId} disabled={save.isPending}>
            Save and sync
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} noValidate className="flex flex-col gap-4 pt-1 pb-5">
        <TestResult isPending={test.isPending} error={test.error} saveError={save.error} result={test.data} />
        <ConnectionForm provider={provider} connection={connection} form={form} />
      </form>
    </Sheet>
  );
}
