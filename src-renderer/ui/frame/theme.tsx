import { useEffect } from 'react';
import { useRoute } from '../../api/client.ts';

/** Puts the chosen theme on the document; `system` leaves it to the system. */
export function Theme() {
  const theme = useRoute('settings.get', {}).data?.settings.theme;
  useEffect(() => {
    if (theme === undefined) return;
    if (theme === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  }, [theme]);
  return null;
}
