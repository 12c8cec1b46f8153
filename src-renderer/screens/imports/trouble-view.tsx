import { FileX2, RotateCcw } from 'lucide-react';
import { useRoute } from '../../api/client.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Select } from '../../ui/select.tsx';
import type { Item } from './queue.ts';

interface TroubleViewProps {
  readonly item: Item;
  readonly onRetry: () => void;
  readonly onReadAs: (format: string) => void;
  readonly onRemove: () => void;
}

/** A file that could not be read or committed: what happened, what was kept, what to do. */
export function TroubleView({ item, onRetry, onReadAs, onRemove }: TroubleViewProps) {
  const formats = useRoute('imports.formats', {}).data?.formats ?? [];
  const cancelled = item.phase.kind === 'cancelled';
  return (
    <Empty
      icon={FileX2}
      title={cancelled ? 'Reading was stopped' : 'This file was not read'}
      className="px-0!"
      actions={
        <>
          <Button icon={RotateCcw} onClick={onRetry}>
            Read again
          </Button>
          {!cancelled && formats.length > 0 && (
            <Select
              label="Read it as"
              placeholder="Read it as…"
              value={null}
              options={formats.map(({ id, label }) => ({ value: id, label }))}
              onChange={onReadAs}
            />
          )}
          <Button kind="quiet" onClick={onRemove}>
            Leave it out
          </Button>
        </>
      }
    >
      <p>{reasonOf(item)}</p>
    </Empty>
  );
}

function reasonOf(item: Item): string {
  if (item.phase.kind === 'failed') return item.phase.message;
  if (item.phase.kind === 'read' && item.phase.preview.kind === 'unreadable')
    return item.phase.preview.reason;
  return 'You stopped it before it was read to the end. Nothing was imported.';
}
