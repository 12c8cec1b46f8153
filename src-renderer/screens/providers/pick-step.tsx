import { useId, useState } from 'react';
import type { ProviderInfo } from '../../../src-preload/contract/connections.ts';
import type { CallError } from '../../api/call-error.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { plural } from '../../ui/numbers.ts';
import { Skeleton } from '../../ui/progress.tsx';
import { SearchBox } from '../../ui/search-box.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { offerWords } from './capability-words.ts';
import { toggled } from './connect-steps.ts';
import { galleryGroups } from './gallery-groups.ts';
import { ProviderName } from './provider-name.tsx';

interface PickStepProps {
  /** null while they are on their way. */
  readonly providers: readonly ProviderInfo[] | null;
  readonly error: CallError | null;
  readonly chosen: readonly string[];
  readonly onChoose: (chosen: readonly string[]) => void;
  readonly onNext: () => void;
  readonly onClose: () => void;
}

/** Step one: which vendors. */
export function PickStep({ providers, error, chosen, onChoose, onNext, onClose }: PickStepProps) {
  const [typed, setTyped] = useState('');
  const groups = galleryGroups(providers ?? [], typed);
  return (
    <Sheet
      open
      onOpenChange={onClose}
      title="Whom do you pay?"
      description="Choose the vendors you have a key of. Each is asked for next, one at a time."
      initialFocus={() => document.querySelector<HTMLElement>('[role="dialog"] input')}
      footer={
        <>
          <span className="flex-1 text-text-2 text-xs">Others can be added later, under Providers.</span>
          <Button size="lg" onClick={onClose}>
            Not now
          </Button>
          <Button size="lg" kind="primary" disabled={chosen.length === 0} onClick={onNext}>
            {chosen.length === 0 ? 'Continue' : `Continue with ${plural(chosen.length, 'vendor')}`}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4 pt-1 pb-5">
        <SearchBox label="Search vendors" value={typed} onChange={setTyped} />
        {error && <Notice tone="over">{error.message}</Notice>}
        {!providers && !error && <Skeleton className="h-60" />}
        {groups.map((group) => (
          <section key={group.kind} aria-label={group.title}>
            <h3 className="mb-1 font-medium! text-sm! text-text-2">{group.title}</h3>
            <ul className="rounded-lg border">
              {group.providers.map((provider) => (
                <Choice
                  key={provider.id}
                  provider={provider}
                  checked={chosen.includes(provider.id)}
                  onToggle={() => onChoose(toggled(chosen, provider.id))}
                />
              ))}
            </ul>
          </section>
        ))}
        {providers && groups.length === 0 && (
          <p role="status" className="text-sm text-text-2">
            No vendor is called that. Any server that speaks like OpenAI or Anthropic can be added as Custom.
          </p>
        )}
      </div>
    </Sheet>
  );
}

interface ChoiceProps {
  readonly provider: ProviderInfo;
  readonly checked: boolean;
  readonly onToggle: () => void;
}

function Choice({ provider, checked, onToggle }: ChoiceProps) {
  const id = useId();
  return (
    <li className="border-t border-t-grid first:border-t-0">
      <label htmlFor={id} className="flex min-h-10 items-center gap-3 px-3 hover:bg-hover">
        <Checkbox id={id} checked={checked} onCheckedChange={onToggle} />
        <span className="w-44 shrink-0 font-medium text-sm">
          <ProviderName vendor={provider.vendor} label={provider.label} />
        </span>
        <span className="min-w-0 flex-1 truncate text-sm text-text-2">{offerWords(provider)}</span>
        {provider.connections > 0 && <span className="shrink-0 text-good text-xs">connected</span>}
      </label>
    </li>
  );
}
