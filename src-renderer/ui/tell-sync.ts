import { type SyncResult, syncWords } from './sync-words.ts';
import { toast } from './toast.tsx';
import { useUnlockRequest } from './unlock-request.ts';

/** Says what a sync came to; where the locked vault kept it from reading, asks for the passphrase. */
export function tellSync(results: readonly SyncResult[]): void {
  if (results.some((result) => result.error?.code === 'VAULT_LOCKED')) {
    useUnlockRequest.getState().setOpen(true);
    return;
  }
  const { isGood, text } = syncWords(results);
  if (isGood) toast.success(text);
  else toast.error(text);
}
