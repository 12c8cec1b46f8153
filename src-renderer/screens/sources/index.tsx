import { useRoute } from '../../api/client.ts';
import { PageBody } from '../../ui/page-body.tsx';

/** Where the figures come from. */
export function Sources() {
  const sources = useRoute('sources.list', {}).data?.sources ?? [];
  return (
    <PageBody>
      <ul>
        {sources.map((source) => (
          <li key={source.id}>{source.label}</li>
        ))}
      </ul>
    </PageBody>
  );
}
