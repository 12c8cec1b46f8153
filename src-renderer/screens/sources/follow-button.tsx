import { Pause, Play } from 'lucide-react';
import type { FoundTool } from '../../../src-preload/contract/scan.ts';
import { useAction } from '../../api/client.ts';
import { Button } from '../../ui/button.tsx';
import { toast } from '../../ui/toast.tsx';

/** Pauses following the logs, or goes on with it; nothing on a host that follows none. */
export function FollowButton({ tools }: { readonly tools: readonly FoundTool[] }) {
  const save = useAction('settings.save', { onError: (error) => toast.error(error.message) });
  const modes = tools.map(({ following }) => following.mode);
  if (modes.every((mode) => mode === 'off')) return null;
  const isPaused = modes.includes('paused');
  return (
    <Button
      size="sm"
      kind="quiet"
      icon={isPaused ? Play : Pause}
      disabled={save.isPending}
      onClick={() => save.mutate({ followLogs: isPaused })}
    >
      {isPaused ? 'Follow logs' : 'Pause following'}
    </Button>
  );
}
