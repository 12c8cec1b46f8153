import { useAction, useRoute } from '../../api/client.ts';
import { PageBody } from '../../ui/page-body.tsx';
import { Segmented } from '../../ui/segmented.tsx';

/** Currency, zone, theme and data. */
export function Settings() {
  const theme = useRoute('settings.get', {}).data?.settings.theme ?? 'system';
  const save = useAction('settings.save');
  const options = (['system', 'light', 'dark'] as const).map((value) => ({ value, label: value }));
  return (
    <PageBody>
      <Segmented
        label="Theme"
        options={options}
        value={theme}
        onChange={(next) => save.mutate({ theme: next })}
      />
    </PageBody>
  );
}
