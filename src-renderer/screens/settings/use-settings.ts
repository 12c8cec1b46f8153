import type { RouteOutput } from '../../../src-preload/contract/index.ts';
import type { Settings } from '../../../src-preload/contract/settings.ts';
import { useAction, useRoute } from '../../api/client.ts';
import { toast } from '../../ui/toast.tsx';

export interface SettingsAccess {
  /** undefined until the core has answered. */
  readonly found: RouteOutput<'settings.get'> | undefined;
  readonly isSaving: boolean;
  /** Saves the named settings at once and keeps the others. */
  save(change: Partial<Settings>): void;
}

export function useSettings(): SettingsAccess {
  const found = useRoute('settings.get', {}).data;
  const action = useAction('settings.save', { onError: (error) => toast.error(error.message) });
  return { found, isSaving: action.isPending, save: action.mutate };
}
