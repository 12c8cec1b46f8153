import { Plus, Trash2 } from 'lucide-react';
import type { RouteOutput } from '../../../src-preload/contract/index.ts';
import { useAction } from '../../api/client.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Card, CardHead } from '../../ui/card.tsx';
import { formatDay } from '../../ui/dates.ts';
import { plural } from '../../ui/numbers.ts';
import { Cell, HeadCell, Row, Table } from '../../ui/table.tsx';
import { toast } from '../../ui/toast.tsx';
import { useView } from '../../ui/use-view.ts';
import type { PriceStart } from './price-dialog.tsx';
import { rateFields } from './price-draft.ts';

type Override = RouteOutput<'prices.list'>['overrides'][number];

interface OverridesProps {
  readonly overrides: readonly Override[];
  readonly onEdit: (start: PriceStart) => void;
}

/** The user's own prices; they go before every built-in one. */
export function Overrides({ overrides, onEdit }: OverridesProps) {
  return (
    <Card aria-labelledby="overrides">
      <CardHead
        id="overrides"
        title="Your prices"
        sum="USD per million tokens"
        tools={
          <Button size="sm" icon={Plus} onClick={() => onEdit({ kind: 'new', provider: '', model: '' })}>
            Add a price
          </Button>
        }
      />
      {overrides.length === 0 && (
        <p className="px-4 pb-3 text-sm text-text-2">None. The built-in prices apply.</p>
      )}
      {overrides.length > 0 && (
        <Table>
          <thead>
            <tr>
              <HeadCell>Model</HeadCell>
              <HeadCell className="w-24">From</HeadCell>
              {rateFields.map(({ name, short }) => (
                <HeadCell key={name} align="right" className="w-20">
                  {short}
                </HeadCell>
              ))}
              <HeadCell className="w-28">
                <span className="sr-only">Actions</span>
              </HeadCell>
            </tr>
          </thead>
          <tbody>
            {overrides.map((override) => (
              <OverrideRow key={override.id} override={override} onEdit={onEdit} />
            ))}
          </tbody>
        </Table>
      )}
    </Card>
  );
}

function OverrideRow({
  override,
  onEdit,
}: {
  readonly override: Override;
  readonly onEdit: (start: PriceStart) => void;
}) {
  const { today } = useView();
  const remove = useAction('prices.removeOverride', {
    onSuccess: ({ repriced }) => toast.success(`Price removed, ${plural(repriced, 'record')} priced anew.`),
    onError: (error) => toast.error(error.message),
  });
  return (
    <Row>
      <Cell className="h-9 font-medium" title={`${override.provider} ${override.model}`}>
        {override.model} <span className="font-regular text-text-3">{override.provider}</span>
      </Cell>
      <Cell className="tnum text-text-2">{formatDay(override.from, today)}</Cell>
      {rateFields.map(({ name }) => (
        <Cell key={name} align="right">
          {override[name] ?? '–'}
        </Cell>
      ))}
      <Cell align="right" className="overflow-visible">
        <span className="flex justify-end gap-1">
          <Button
            size="sm"
            kind="quiet"
            aria-label={`Edit the price of ${override.model}`}
            onClick={() => onEdit({ kind: 'edit', override })}
          >
            Edit
          </Button>
          <IconButton
            icon={Trash2}
            size="sm"
            label={`Remove the price of ${override.model}`}
            disabled={remove.isPending}
            onClick={() => remove.mutate({ id: override.id })}
          />
        </span>
      </Cell>
    </Row>
  );
}
