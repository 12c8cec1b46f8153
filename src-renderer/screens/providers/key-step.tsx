import { useId } from 'react';
import type { ProviderInfo } from '../../../src-preload/contract/connections.ts';
import { Button } from '../../ui/button.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { offerWords } from './capability-words.ts';
import { ConnectionForm } from './connection-form.tsx';
import { TestResult } from './test-result.tsx';
import { useConnectionForm } from './use-connection-form.ts';

interface KeyStepProps {
  readonly provider: ProviderInfo;
  /** Which of how many chosen vendors this is, from 0. */
  readonly at: number;
  readonly of: number;
  readonly onSaved: (id: number) => void;
  readonly onSkip: () => void;
  readonly onClose: () => void;
}

/** Step two: the key of one vendor, tested if wished, and saved. */
export function KeyStep({ provider, at, of, onSaved, onSkip, onClose }: KeyStepProps) {
  const formId = useId();
  const { form, test, save, runTest, submit } = useConnectionForm(provider, null, onSaved);
  const isLast = at + 1 === of;
  return (
    <Sheet
      open
      onOpenChange={onClose}
      title={`Connect ${provider.label}`}
      description={`${of > 1 ? `${at + 1} of ${of}. ` : ''}Offers ${offerWords(provider).toLowerCase()}.`}
      initialFocus={() => document.querySelector<HTMLElement>(`#${CSS.escape(formId)} input`)}
      footer={
        <>
          <span className="min-w-0 flex-1 text-text-2 text-xs">
            Keys go into the vault, are sent to {form.watch('baseUrl') ? 'that address' : provider.label}{' '}
            only, and are never shown again.
          </span>
          {of > 1 && (
            <Button size="lg" kind="quiet" onClick={onSkip}>
              Skip
            </Button>
          )}
          <Button size="lg" disabled={test.isPending} onClick={() => void runTest()}>
            Test
          </Button>
          <Button size="lg" kind="primary" type="submit" form={formId} disabled={save.isPending}>
            {isLast ? 'Save and sync' : 'Save and go on'}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} noValidate className="flex flex-col gap-4 pt-1 pb-5">
        <TestResult isPending={test.isPending} error={test.error} saveError={save.error} result={test.data} />
        <ConnectionForm provider={provider} connection={null} form={form} />
      </form>
    </Sheet>
  );
}
