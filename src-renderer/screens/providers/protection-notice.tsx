import { Lock, ShieldAlert } from 'lucide-react';
import { useRoute } from '../../api/client.ts';
import { Notice, noticeAction } from '../../ui/notice.tsx';
import { plural } from '../../ui/numbers.ts';
import { askToUnlock } from '../../ui/unlock-request.ts';

/** What stands between the keys and their use: a locked vault, or nothing that keeps them past this session. */
export function ProtectionNotice() {
  const vault = useRoute('vault.status', {}).data;
  if (!vault) return null;
  if (vault.isLocked)
    return (
      <Notice
        tone="warn"
        icon={Lock}
        actions={
          <button type="button" className={noticeAction(true)} onClick={askToUnlock}>
            Unlock
          </button>
        }
      >
        <b className="font-semibold">The keys are locked.</b>{' '}
        {vault.trouble ??
          `${plural(vault.keys, 'key')} cannot be used and syncing waits until you give the passphrase.`}
      </Notice>
    );
  if (vault.protection !== 'session' || vault.keys === 0) return null;
  return (
    <Notice
      tone="warn"
      icon={ShieldAlert}
      actions={
        <a href="#/settings?tab=keys" className={noticeAction(true)}>
          Set a passphrase
        </a>
      }
    >
      <b className="font-semibold">{plural(vault.keys, 'key')} for this session only.</b> Nothing on this
      machine protects keys, so they are forgotten when LLMLab ends.
    </Notice>
  );
}
