import { useRoute } from '../../api/client.ts';
import { PageBody } from '../../ui/page-body.tsx';

/** Everything that was brought in. */
export function Imports() {
  const imports = useRoute('imports.list', {}).data?.imports ?? [];
  return (
    <PageBody>
      <ul>
        {imports.map((row) => (
          <li key={row.id}>{row.fileName}</li>
        ))}
      </ul>
    </PageBody>
  );
}
