import {
  Check,
  Download,
  FileArchive,
  FileText,
  type LucideIcon,
  SquareTerminal,
  Table2,
  X,
} from 'lucide-react';
import { useEffect, useState } from 'react';
import { pendingFile, useImportRequest } from '../import-request.ts';
import { plural } from '../numbers.ts';
import { type DropGroup, groupDrop } from './drop-kinds.ts';

/** While files are dragged over the window: says what a drop will do. A drop asks the import sheet for a preview. */
export function DropOverlay() {
  const types = useDraggedTypes();
  if (types === null) return null;
  return (
    <div className="enter-fade pointer-events-none fixed inset-0 z-50 grid place-items-center bg-scrim">
      <div aria-hidden className="absolute inset-1.5 rounded-xl border-2 border-accent border-dashed" />
      <section role="status" className="w-117 overflow-hidden rounded-xl bg-surface shadow-sheet">
        <div className="flex items-center gap-3 px-5 py-4">
          <span className="grid size-10 place-items-center rounded-lg bg-accent text-on-accent">
            <Download aria-hidden className="size-4.5" strokeWidth={1.5} />
          </span>
          <div>
            <h2 className="text-lg!">Drop {plural(types.length, 'file')} to preview them</h2>
            <p className="text-sm text-text-2">You see what they add before anything is written.</p>
          </div>
        </div>
        <ul>
          {groupDrop(types).map((group) => (
            <Group key={group.kind} group={group} />
          ))}
        </ul>
        <p className="border-t bg-sunken px-5 py-3 text-text-3 text-xs">Esc to cancel</p>
      </section>
    </div>
  );
}

const icons: Readonly<Record<DropGroup['kind'], LucideIcon>> = {
  table: Table2,
  archive: FileArchive,
  unknown: SquareTerminal,
  refused: FileText,
};

function Group({ group }: { readonly group: DropGroup }) {
  const Icon = icons[group.kind];
  const Sign = group.kind === 'refused' ? X : Check;
  return (
    <li className="flex items-center gap-3 border-t border-t-grid px-5 py-1.75">
      <Icon aria-hidden className="size-4 text-text-2" strokeWidth={1.5} />
      <div className="flex-1">
        <div className="font-medium text-sm">{group.title}</div>
        <div className="text-text-3 text-xs">{group.promise}</div>
      </div>
      <Sign
        aria-hidden
        className={group.kind === 'refused' ? 'size-4 text-text-3' : 'size-4 text-accent-text'}
        strokeWidth={1.5}
      />
    </li>
  );
}

/** Media types of the files being dragged over the window; null while there are none. */
function useDraggedTypes(): readonly string[] | null {
  const [types, setTypes] = useState<readonly string[] | null>(null);
  useEffect(() => {
    const onDrag = (event: DragEvent) => {
      const items = [...(event.dataTransfer?.items ?? [])].filter((item) => item.kind === 'file');
      if (items.length === 0) return;
      if (takesDrop(event)) return setTypes(null);
      event.preventDefault();
      setTypes((known) => (known?.length === items.length ? known : items.map((item) => item.type)));
    };
    const onLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) setTypes(null);
    };
    const onDrop = (event: DragEvent) => {
      setTypes(null);
      if (takesDrop(event)) return;
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      useImportRequest.getState().request(files.map(pendingFile));
    };
    const listeners = { dragenter: onDrag, dragover: onDrag, dragleave: onLeave, drop: onDrop } as const;
    for (const [name, listener] of Object.entries(listeners))
      window.addEventListener(name, listener as EventListener);
    return () => {
      for (const [name, listener] of Object.entries(listeners))
        window.removeEventListener(name, listener as EventListener);
    };
  }, []);
  return types;
}

/** A field that takes a file itself: a key must not become an import. */
function takesDrop({ target }: DragEvent): boolean {
  return target instanceof Element && target.closest('[data-takes-drop]') !== null;
}
