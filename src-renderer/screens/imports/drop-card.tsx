import { ArrowDownToLine } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Input } from '../../ui/field.tsx';
import { pendingPath, pickFiles, useImportRequest } from '../../ui/import-request.ts';

/** Where files come in: dropped anywhere, picked, or named by their path. */
export function DropCard() {
  return (
    <section
      aria-label="Bring in files"
      className="flex flex-wrap items-center gap-x-4 gap-y-3 rounded-xl border border-border-control border-dashed px-4 py-4"
    >
      <span className="grid size-10 shrink-0 place-items-center rounded-lg bg-accent-soft text-accent-text">
        <ArrowDownToLine aria-hidden className="size-4.5" strokeWidth={1.5} />
      </span>
      <div className="min-w-64 flex-1">
        <h2>Drop a billing export or a log anywhere</h2>
        <p className="mt-0.5 text-sm text-text-2">
          CSV, JSON lines, gzip or zip. You see what it adds before anything is written.
        </p>
      </div>
      <Button onClick={pickFiles}>Choose files</Button>
      <PathForm />
    </section>
  );
}

function PathForm() {
  const [path, setPath] = useState('');
  const wanted = path.trim().replace(/^"(.*)"$/, '$1');
  return (
    <form
      className="flex gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (wanted === '') return;
        useImportRequest.getState().request([pendingPath(wanted)]);
        setPath('');
      }}
    >
      <Input
        aria-label="Path of a file on this machine"
        placeholder="or paste a path"
        className="w-56"
        value={path}
        onChange={(event) => setPath(event.target.value)}
      />
      <Button type="submit" aria-disabled={wanted === ''}>
        Look at it
      </Button>
    </form>
  );
}
