import { Check, CircleAlert, Minus, Plus } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import type { FoundTool } from '../../../src-preload/contract/scan.ts';
import { useAction, useRoute } from '../../api/client.ts';
import { Button } from '../../ui/button.tsx';
import { Field, Input } from '../../ui/field.tsx';
import { formatBytes, plural } from '../../ui/numbers.ts';
import { toast } from '../../ui/toast.tsx';
import { FollowingLine } from './following-mark.tsx';
import { withFolder, withoutFolder } from './tool-state.ts';

/** Where a tool's logs were looked for and why, what is known of their accuracy, and folders of one's own. */
export function ToolFolders({ tool }: { readonly tool: FoundTool }) {
  const settings = useRoute('settings.get', {}).data?.settings;
  const save = useAction('settings.save', { onError: (error) => toast.error(error.message) });
  const own = settings?.logFolders[tool.tool] ?? [];
  return (
    <div className="flex flex-col gap-3 pr-4 pb-4 pl-8.5">
      {tool.following.error !== null && (
        <p className="max-w-prose text-over text-sm">{tool.following.error}</p>
      )}
      <FollowingLine of={tool} />
      {tool.note !== '' && <p className="max-w-prose text-sm text-text-2">{tool.note}</p>}
      <ul className="flex flex-col gap-1">
        {tool.folders.map((folder) => (
          <FolderLine
            key={`${folder.path} ${folder.why}`}
            folder={folder}
            {...(own.includes(folder.path) &&
              settings && {
                onRemove: () =>
                  save.mutate({ logFolders: withoutFolder(settings.logFolders, tool.tool, folder.path) }),
              })}
          />
        ))}
      </ul>
      {settings && (
        <AddFolder
          label={tool.label}
          isBusy={save.isPending}
          onAdd={(path) => save.mutate({ logFolders: withFolder(settings.logFolders, tool.tool, path) })}
        />
      )}
    </div>
  );
}

interface FolderLineProps {
  readonly folder: FoundTool['folders'][number];
  /** Given for the user's own folders. */
  readonly onRemove?: () => void;
}

function FolderLine({ folder, onRemove }: FolderLineProps) {
  const Icon = folder.error !== null ? CircleAlert : folder.found ? Check : Minus;
  const tint = folder.error !== null ? 'text-over' : folder.found ? 'text-good' : 'text-text-3';
  const what =
    folder.error ??
    (folder.found ? `${plural(folder.files, 'file')}, ${formatBytes(folder.bytes)}` : 'not there');
  return (
    <li className="flex min-h-6 flex-wrap items-center gap-x-2 text-sm">
      <Icon aria-hidden className={`size-3.5 shrink-0 ${tint}`} />
      <code className="break-all font-mono text-xs">{folder.path}</code>
      <span className="text-text-3 text-xs">
        {folder.why === 'default' ? 'its default folder' : folder.why}
      </span>
      <span className={folder.error !== null ? 'text-over text-xs' : 'tnum text-text-2 text-xs'}>{what}</span>
      {onRemove && (
        <Button size="sm" kind="quiet" aria-label={`Remove ${folder.path}`} onClick={onRemove}>
          Remove
        </Button>
      )}
    </li>
  );
}

interface AddFolderProps {
  readonly label: string;
  readonly isBusy: boolean;
  readonly onAdd: (path: string) => void;
}

function AddFolder({ label, isBusy, onAdd }: AddFolderProps) {
  const [path, setPath] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onAdd(path);
    setPath('');
  };
  return (
    <form onSubmit={submit} className="flex max-w-[560px] items-end gap-2">
      <Field label={`Another folder with ${label} logs`} className="flex-1">
        {(ids) => (
          <Input
            {...ids}
            value={path}
            onChange={(event) => setPath(event.target.value)}
            placeholder="/full/path/to/the/folder"
            className="font-mono text-xs"
          />
        )}
      </Field>
      <Button type="submit" icon={Plus} disabled={isBusy || path.trim() === ''}>
        Add folder
      </Button>
    </form>
  );
}
