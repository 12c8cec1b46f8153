import { useState } from 'react';
import { useRoute } from '../../api/client.ts';
import { PageBody } from '../../ui/page-body.tsx';
import { DropCard } from './drop-card.tsx';
import { HistoryTable } from './history-table.tsx';
import { ImportDetail } from './import-detail.tsx';
import { SavedMappings } from './saved-mappings.tsx';

/** Everything that was brought in, what it came to, and a way to take it back. */
export function Imports() {
  const imports = useRoute('imports.list', {});
  const [opened, setOpened] = useState<number | null>(null);
  const row = imports.data?.imports.find(({ id }) => id === opened) ?? null;
  return (
    <PageBody>
      <DropCard />
      <HistoryTable imports={imports.data?.imports ?? null} error={imports.error} onOpen={setOpened} />
      <SavedMappings />
      {row && <ImportDetail key={row.id} row={row} onClose={() => setOpened(null)} />}
    </PageBody>
  );
}
