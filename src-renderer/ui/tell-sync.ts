import { type SyncResult, syncWords } from './sync-words.ts';
import { toast } from './toast.tsx';
import { askToUnlock } from './unlock-request.ts';

/**
 * Says what a sync came to; where the locked vault kept it from reading, asks for the passphrase.
 * @param nothing what to say where it brought nothing: after a change, the schedule may have been faster.
 */
export function tellSync(results: readonly SyncResult[], nothing?: string): void {
  if (results.some((result) => result.error?.code === 'VAULT_LOCKED')) {
    askToUnlock();
    return;
  }
  const { isGood, text } = syncWords(results, nothing);
  if (isGood) toast.success(text);
  else toast.error(text);
}
