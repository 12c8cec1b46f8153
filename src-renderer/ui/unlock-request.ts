import { create } from 'zustand';
import { CallError } from '../api/call-error.ts';
import { toast } from './toast.tsx';

interface UnlockRequest {
  readonly open: boolean;
  setOpen(open: boolean): void;
}

/** Whether the question for the vault's passphrase is open. */
export const useUnlockRequest = create<UnlockRequest>()((set) => ({
  open: false,
  setOpen: (open) => set({ open }),
}));

/** Asks for the passphrase of the vault. */
export function askToUnlock(): void {
  useUnlockRequest.getState().setOpen(true);
}

/** Says what went wrong; where only the locked vault is in the way, asks for its passphrase instead. */
export function tellTrouble(error: unknown): void {
  if (error instanceof CallError && error.code === 'VAULT_LOCKED') askToUnlock();
  else toast.error(error instanceof Error ? error.message : 'That did not work.');
}
