import { useEffect } from 'react';
import { useRoute } from '../../api/client.ts';
import { navigate, splitHash, useHashSearch } from '../hash-location.ts';
import { tidyQuery } from '../tidy-view.ts';

/** Takes out of the address what the page does not heed, so that the address says what is shown. */
export function useTidyHash(): void {
  const search = useHashSearch();
  const { data, isFetching } = useRoute('accounts.list', {});
  useEffect(() => {
    const ids = isFetching ? undefined : data?.accounts.map((account) => account.id);
    const tidy = tidyQuery(search, ids);
    if (tidy === null) return;
    const { path } = splitHash(location.hash);
    navigate(tidy === '' ? path : `${path}?${tidy}`, { replace: true });
  }, [search, data, isFetching]);
}
