import { useAction } from '../../api/client.ts';
import { Button } from '../../ui/button.tsx';
import { plural } from '../../ui/numbers.ts';
import { toast } from '../../ui/toast.tsx';
import { SettingRow } from './setting-row.tsx';

/** Takes the made-up records out again; the user's own stay. */
export function SampleData() {
  const remove = useAction('sample.remove', {
    onSuccess: ({ removed }) => toast.success(`Sample data removed: ${plural(removed, 'record')}.`),
    onError: (error) => toast.error(error.message),
  });
  return (
    <SettingRow label="Sample data" help="Made-up records are in the ledger and in every total.">
      <Button kind="danger" disabled={remove.isPending} onClick={() => remove.mutate({})}>
        Remove sample data
      </Button>
    </SettingRow>
  );
}
