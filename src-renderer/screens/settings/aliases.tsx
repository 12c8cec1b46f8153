import { ArrowRight, Plus, Trash2 } from 'lucide-react';
import type { RouteOutput } from '../../../src-preload/contract/index.ts';
import { useAction } from '../../api/client.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Card, CardHead } from '../../ui/card.tsx';
import { plural } from '../../ui/numbers.ts';
import { toast } from '../../ui/toast.tsx';
import type { AliasStart } from './alias-dialog.tsx';

type Alias = RouteOutput<'prices.list'>['aliases'][number];

interface AliasesProps {
  readonly aliases: readonly Alias[];
  readonly onEdit: (start: AliasStart) => void;
}

/** Names priced as another model, because the user says so. */
export function Aliases({ aliases, onEdit }: AliasesProps) {
  return (
    <Card aria-labelledby="aliases">
      <CardHead
        id="aliases"
        title="Priced as another model"
        tools={
          <Button size="sm" icon={Plus} onClick={() => onEdit({ kind: 'new', provider: '', alias: '' })}>
            Add a name
          </Button>
        }
      />
      {aliases.length === 0 && (
        <p className="px-4 pb-3 text-sm text-text-2">
          None. LLMLab never prices one model like another by itself.
        </p>
      )}
      <ul>
        {aliases.map((alias) => (
          <AliasLine key={alias.id} alias={alias} onEdit={onEdit} />
        ))}
      </ul>
    </Card>
  );
}

function AliasLine({
  alias,
  onEdit,
}: {
  readonly alias: Alias;
  readonly onEdit: (start: AliasStart) => void;
}) {
  const remove = useAction('prices.removeAlias', {
    onSuccess: ({ repriced }) => toast.success(`Removed, ${plural(repriced, 'record')} priced anew.`),
    onError: (error) => toast.error(error.message),
  });
  return (
    <li className="flex min-h-9 items-center gap-2 border-t pr-2 pl-4 text-sm">
      <span className="break-all font-medium">{alias.alias}</span>
      <span className="text-text-3">{alias.provider}</span>
      <ArrowRight aria-label="priced as" className="size-3.5 shrink-0 text-text-3" />
      <span className="break-all">{alias.toModel}</span>
      <span className="flex-1 text-text-3">{alias.toProvider}</span>
      <Button
        size="sm"
        kind="quiet"
        aria-label={`Edit ${alias.alias}`}
        onClick={() => onEdit({ kind: 'edit', alias })}
      >
        Edit
      </Button>
      <IconButton
        icon={Trash2}
        size="sm"
        label={`Remove ${alias.alias}`}
        disabled={remove.isPending}
        onClick={() => remove.mutate({ id: alias.id })}
      />
    </li>
  );
}
