import { Download, FlaskConical, KeyRound, type LucideIcon } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { AppInfo } from '../../../src-preload/contract/app.ts';
import { useAction } from '../../api/client.ts';
import { Button } from '../../ui/button.tsx';
import { useConnectRequest } from '../../ui/connect-request.ts';
import { pickFiles } from '../../ui/import-request.ts';
import { toast } from '../../ui/toast.tsx';
import { Concerns } from './concern-list.tsx';
import { FoundCard } from './found-card.tsx';
import { PathDialog } from './path-dialog.tsx';

/** An empty ledger: what is on this machine, a place to drop files, and made-up figures to look around with. */
export function FirstRun({ info }: { readonly info: AppInfo }) {
  return (
    <div className="grid min-h-full place-items-center p-6">
      <div className="flex w-full max-w-186 flex-col gap-4">
        <Concerns info={info} />
        <header className="pb-2">
          <h2 className="text-[24px]! leading-8! tracking-figure">What do your models cost you?</h2>
          <p className="text-text-2">
            Start with what is already on this machine. No key is needed and nothing leaves it.
          </p>
        </header>
        <FoundCard />
        <DropArea />
        <div className="grid grid-cols-2 gap-4 tight:grid-cols-1">
          <ConnectOffer />
          <SampleOffer />
        </div>
      </div>
    </div>
  );
}

function DropArea() {
  const [asking, setAsking] = useState(false);
  return (
    <section
      aria-labelledby="drop-title"
      className="flex flex-wrap items-center gap-4 rounded-xl border-[1.5px] border-border-control border-dashed px-4 py-5"
    >
      <span className="grid size-10 shrink-0 place-items-center rounded-lg bg-accent-soft text-accent-text">
        <Download aria-hidden className="size-4" strokeWidth={1.5} />
      </span>
      <div className="min-w-60 flex-1">
        <h2 id="drop-title">Drop a billing export or a log anywhere</h2>
        <p className="mt-0.5 text-sm text-text-2">
          CSV from Anthropic, OpenAI, OpenRouter and others, or any CSV with your own columns. You see a
          preview first.
        </p>
      </div>
      <div className="flex gap-2">
        <Button onClick={pickFiles}>Choose files</Button>
        <Button kind="quiet" onClick={() => setAsking(true)}>
          Paste a path
        </Button>
      </div>
      <PathDialog open={asking} onOpenChange={setAsking} />
    </section>
  );
}

function ConnectOffer() {
  return (
    <Offer
      icon={KeyRound}
      title="Connect a vendor"
      onTake={() => useConnectRequest.getState().request('pick')}
    >
      What was really billed, read on a schedule. The key stays in the vault.
    </Offer>
  );
}

function SampleOffer() {
  const load = useAction('sample.load', { onError: (error) => toast.error(error.message) });
  return (
    <Offer
      icon={FlaskConical}
      title={load.isPending ? 'Loading the sample data' : 'Try with sample data'}
      isBusy={load.isPending}
      onTake={() => load.mutate({})}
    >
      Made-up months, clearly marked. Gone in one click.
    </Offer>
  );
}

interface OfferProps {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly isBusy?: boolean;
  readonly onTake: () => void;
  readonly children: ReactNode;
}

function Offer({ icon: Icon, title, isBusy = false, onTake, children }: OfferProps) {
  return (
    <button
      type="button"
      disabled={isBusy}
      onClick={onTake}
      className="flex gap-3 rounded-lg border bg-surface p-4 text-left hover:border-border-strong disabled:opacity-60"
    >
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-accent-text" strokeWidth={1.5} />
      <span>
        <span className="block font-semibold">{title}</span>
        <span className="mt-0.5 block text-sm text-text-2">{children}</span>
      </span>
    </button>
  );
}
