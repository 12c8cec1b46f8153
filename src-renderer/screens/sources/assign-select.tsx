import { useState } from 'react';
import type { Account, Source } from '../../../src-preload/contract/sources.ts';
import { useAction } from '../../api/client.ts';
import { Confirm } from '../../ui/dialog.tsx';
import { Select } from '../../ui/select.tsx';
import { toast } from '../../ui/toast.tsx';
import { accountChoice, assignEffect } from './account-words.ts';

interface AssignSelectProps {
  readonly source: Source;
  readonly accounts: readonly Account[];
}

/** Which account a source belongs to. Moving it says first what that does to the figures. */
export function AssignSelect({ source, accounts }: AssignSelectProps) {
  const [target, setTarget] = useState<Account | null>(null);
  const from = accounts.find((account) => account.id === source.accountId);
  const assign = useAction('sources.assign', {
    onError: (error) => toast.error(error.message),
    onSuccess: () => {
      if (target) toast.success(`${source.label} now belongs to ${target.name}.`);
    },
    onSettled: () => setTarget(null),
  });
  return (
    <>
      <Select
        label={`Account of ${source.label}`}
        className="w-full"
        value={String(source.accountId)}
        options={accounts.map((account) => ({ value: String(account.id), label: accountChoice(account) }))}
        onChange={(value) => {
          const chosen = accounts.find(({ id }) => String(id) === value);
          if (chosen && chosen.id !== source.accountId) setTarget(chosen);
        }}
      />
      <Confirm
        open={target !== null}
        onOpenChange={() => setTarget(null)}
        title={`Move ${source.label} to ${target?.name ?? ''}?`}
        action="Move source"
        busy={assign.isPending}
        onConfirm={() => target && assign.mutate({ sourceId: source.id, accountId: target.id })}
      >
        <ul className="flex list-disc flex-col gap-1 pl-4">
          {target && assignEffect(source, from, target).map((sentence) => <li key={sentence}>{sentence}</li>)}
        </ul>
      </Confirm>
    </>
  );
}
