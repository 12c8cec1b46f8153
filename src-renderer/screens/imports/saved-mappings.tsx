import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { RouteOutput } from '../../../src-preload/contract/index.ts';
import { callRoute, queryClient, useRoute } from '../../api/client.ts';
import { IconButton } from '../../ui/button.tsx';
import { Card, CardHead } from '../../ui/card.tsx';
import { Confirm } from '../../ui/dialog.tsx';
import { EvidenceChip } from '../../ui/evidence-chip.tsx';
import { plural } from '../../ui/numbers.ts';
import { toast } from '../../ui/toast.tsx';
import { roles } from './mapping-draft.ts';

type Saved = RouteOutput<'mappings.list'>['mappings'][number];

/** Column mappings that are used again for files with the same header. */
export function SavedMappings() {
  const mappings = useRoute('mappings.list', {}).data?.mappings ?? [];
  const [removing, setRemoving] = useState<Saved | null>(null);
  if (mappings.length === 0) return null;
  return (
    <Card aria-labelledby="mappings">
      <CardHead
        id="mappings"
        title="Your column mappings"
        sum={`${plural(mappings.length, 'kind')} of CSV read your way`}
      />
      <ul>
        {mappings.map((saved) => (
          <MappingRow key={saved.id} saved={saved} onRemove={() => setRemoving(saved)} />
        ))}
      </ul>
      <Confirm
        open={removing !== null}
        onOpenChange={(open) => !open && setRemoving(null)}
        title={`Forget “${removing?.mapping.name ?? ''}”?`}
        action="Forget mapping"
        danger
        onConfirm={() => {
          if (removing) void remove(removing);
          setRemoving(null);
        }}
      >
        The next file with these columns asks again what they are. What was imported with it stays in the
        ledger.
      </Confirm>
    </Card>
  );
}

function MappingRow({
  saved: { mapping, header },
  onRemove,
}: {
  readonly saved: Saved;
  readonly onRemove: () => void;
}) {
  return (
    <li className="flex min-h-10 items-center gap-4 border-t border-t-grid py-1 pr-2 pl-4 text-sm">
      <span className="w-44 shrink-0 truncate font-medium" title={header.join(', ')}>
        {mapping.name}
      </span>
      <span className="min-w-0 flex-1 truncate text-text-2">{wordsOf(mapping)}</span>
      <EvidenceChip evidence={mapping.evidence} />
      <IconButton icon={Trash2} label={`Forget ${mapping.name}`} onClick={onRemove} />
    </li>
  );
}

/** `Date or time from When, Cost from Euro` */
function wordsOf({ columns }: Saved['mapping']): string {
  return roles
    .flatMap(({ role, label }) => (columns[role] === undefined ? [] : [`${label} from ${columns[role]}`]))
    .join(', ');
}

async function remove(saved: Saved): Promise<void> {
  try {
    await callRoute('mappings.remove', { id: saved.id });
    await queryClient.invalidateQueries({ queryKey: ['mappings.list'] });
    toast.success(`“${saved.mapping.name}” is forgotten.`);
  } catch (error) {
    toast.error(error instanceof Error ? error.message : 'The mapping could not be removed.');
  }
}
