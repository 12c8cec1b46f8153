import { Download, FlaskConical } from 'lucide-react';
import { useState } from 'react';
import { useAction } from '../../api/client.ts';
import { Button } from '../../ui/button.tsx';
import { pickFiles } from '../../ui/import-request.ts';
import { toast } from '../../ui/toast.tsx';
import { FoundCard } from './found-card.tsx';
import { PathDialog } from './path-dialog.tsx';

/** An empty ledger: what is on this machine, a place to drop files, and made-up figures to look around with. */
export function FirstRun() {
  return (
    <div className="grid min-h-full place-items-center p-6">
      <div className="flex w-full max-w-186 flex-col gap-4">
        <header className="pb-2">
          <h2 className="text-[24px]! leading-8! tracking-figure">What do your models cost you?</h2>
          <p className="text-text-2">
            Start with what is already on this machine. No key is needed and nothing leaves it.
          </p>
        </header>
        <FoundCard />
        <DropArea />
        <SampleOffer />
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

function SampleOffer() {
  const load = useAction('sample.load', { onError: (error) => toast.error(error.message) });
  return (
    <button
      type="button"
      disabled={load.isPending}
      onClick={() => load.mutate({})}
      className="flex gap-3 rounded-lg border bg-surface p-4 text-left hover:border-border-strong disabled:opacity-60"
    >
      <FlaskConical aria-hidden className="mt-0.5 size-4 shrink-0 text-accent-text" strokeWidth={1.5} />
      <span>
        <span className="block font-semibold">
          {load.isPending ? 'Loading the sample data' : 'Try with sample data'}
        </span>
        <span className="mt-0.5 block text-sm text-text-2">
          Made-up months, clearly marked. Gone in one click.
        </span>
      </span>
    </button>
  );
}
