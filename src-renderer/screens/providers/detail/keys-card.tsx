import { KeyRound } from 'lucide-react';
import type { Connection, ProviderInfo } from '../../../../src-preload/contract/connections.ts';
import { useAction } from '../../../api/client.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { Card, CardHead } from '../../../ui/card.tsx';
import { readAt } from '../../../ui/read-at.ts';
import { toast } from '../../../ui/toast.tsx';
import { tellTrouble } from '../../../ui/unlock-request.ts';
import { useView } from '../../../ui/use-view.ts';
import { unlockWords } from '../capability-words.ts';
import { triedAt } from '../key-words.ts';
import { CheckList } from '../test-result.tsx';

interface KeysCardProps {
  readonly connection: Connection;
  readonly provider: ProviderInfo;
  readonly onEdit: () => void;
}

/** Which keys are kept, for which address, and what they were found to be allowed. Never the keys. */
export function KeysCard({ connection, provider, onEdit }: KeysCardProps) {
  const { zone, today } = useView();
  const test = useAction('connections.test', { onError: tellTrouble });
  const fields = provider.fields.filter((field) => field.secret);
  const checks = test.data?.checks ?? connection.checks;
  const triedWords = triedAt(connection, (at) => readAt(at, zone, today));
  return (
    <Card aria-labelledby="keys">
      <CardHead
        id="keys"
        title="Keys"
        sum={triedWords}
        tools={
          <Button size="sm" disabled={test.isPending} onClick={() => test.mutate({ id: connection.id })}>
            {test.isPending ? 'Testing…' : 'Test'}
          </Button>
        }
      />
      <ul>
        {fields.map((field) => (
          <KeyLine
            key={field.name}
            field={field}
            connection={connection}
            provider={provider}
            onEdit={onEdit}
          />
        ))}
      </ul>
      {fields.length === 0 && <p className="px-4 pb-3 text-sm text-text-2">{provider.label} needs none.</p>}
      {checks.length > 0 && (
        <div role="status" className="border-t pl-1">
          <h3 className="px-3 pt-2 font-medium! text-text-3 text-xs!">What they were found to be good for</h3>
          <CheckList checks={checks} />
        </div>
      )}
    </Card>
  );
}

interface KeyLineProps extends KeysCardProps {
  readonly field: ProviderInfo['fields'][number];
}

function KeyLine({ field, connection, provider, onEdit }: KeyLineProps) {
  const { zone, today } = useView();
  const kept = connection.secrets.find((secret) => secret.field === field.name);
  const remove = useAction('connections.save', {
    onSuccess: () => toast.success(`${field.label} removed from the vault.`),
    onError: tellTrouble,
  });
  const clear = () =>
    remove.mutate({ id: connection.id, provider: connection.provider, secrets: { [field.name]: '' } });
  return (
    <li className="flex min-h-12 flex-wrap items-center gap-x-3 gap-y-1 border-t border-t-grid py-2 pr-2 pl-4 text-sm">
      <KeyRound aria-hidden className="size-4 shrink-0 text-text-3" strokeWidth={1.5} />
      <div className="min-w-0 flex-1">
        <div className="font-medium">
          {field.label}
          {kept?.isSessionOnly && (
            <Badge tone="warn" className="ml-2" title="It is forgotten when LLMLab ends">
              This session only
            </Badge>
          )}
        </div>
        <div className="text-text-2">
          {kept ? (
            <>
              ends in <code className="font-mono text-xs">…{kept.endsWith}</code>, for{' '}
              <code className="break-all font-mono text-xs">{kept.origin}</code>, saved{' '}
              <span className="tnum">{readAt(kept.savedAt, zone, today)}</span>
            </>
          ) : (
            `Not given. ${unlockWords(field.neededFor, provider.reports).brings}`
          )}
        </div>
      </div>
      <Button
        size="sm"
        kind={kept ? 'quiet' : 'default'}
        aria-label={`${kept ? 'Replace' : 'Add'} ${field.label}`}
        onClick={onEdit}
      >
        {kept ? 'Replace' : 'Add'}
      </Button>
      {kept && !field.required && (
        <Button
          size="sm"
          kind="quiet"
          aria-label={`Remove ${field.label}`}
          disabled={remove.isPending}
          onClick={clear}
        >
          Remove
        </Button>
      )}
    </li>
  );
}
