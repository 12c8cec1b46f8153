import { useEffect, useRef, useState } from 'react';
import { useRoute } from '../../api/client.ts';
import { afterKey, type ConnectStep, firstStep, keysOf } from './connect-steps.ts';
import { KeyStep } from './key-step.tsx';
import { PickStep } from './pick-step.tsx';
import { SyncStep } from './sync-step.tsx';
import { useFirstSyncs } from './use-first-syncs.ts';

interface ConnectFlowProps {
  /** A vendor's id, or `pick`. */
  readonly wanted: string;
  readonly onClose: () => void;
}

/** Pick vendors, give a key, watch the first sync: three quiet steps in one sheet, each of which can be left. */
export function ConnectFlow({ wanted, onClose }: ConnectFlowProps) {
  const [step, setStep] = useState<ConnectStep>(() => firstStep(wanted));
  useFocusBack();
  const providers = useRoute('providers.list', {});
  const syncs = useFirstSyncs();
  const go = (next: ConnectStep) => (next.kind === 'end' ? onClose() : setStep(next));
  switch (step.kind) {
    case 'pick':
      return (
        <PickStep
          providers={providers.data?.providers ?? null}
          error={providers.error}
          chosen={step.chosen}
          onChoose={(chosen) => setStep({ kind: 'pick', chosen })}
          onNext={() => go(keysOf(step.chosen))}
          onClose={onClose}
        />
      );
    case 'key': {
      const provider = providers.data?.providers.find(({ id }) => id === step.queue[step.at]);
      if (!provider) return null;
      return (
        <KeyStep
          key={provider.id}
          provider={provider}
          at={step.at}
          of={step.queue.length}
          onSaved={(id) => {
            syncs.start(id);
            go(afterKey(step, id));
          }}
          onSkip={() => go(afterKey(step, null))}
          onClose={onClose}
        />
      );
    }
    case 'sync':
      return <SyncStep ids={step.saved} outcomes={syncs.outcomes} onClose={onClose} />;
    case 'end':
      return null;
  }
}

/** Gives the focus back to what opened the sheet: each step is a sheet of its own and knows only the one before. */
function useFocusBack(): void {
  const opener = useRef(document.activeElement);
  useEffect(() => {
    const before = opener.current;
    return () => {
      // after the closed sheet has let the focus go
      setTimeout(() => {
        const isLost = document.activeElement === null || document.activeElement === document.body;
        if (isLost && before instanceof HTMLElement && before.isConnected) before.focus();
      });
    };
  }, []);
}
