import { Command } from 'cmdk';
import { Search } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import { useMemo, useState } from 'react';
import type { ImportRow } from '../../src-preload/contract/imports.ts';
import { useRoute } from '../api/client.ts';
import { Kbd } from './kbd.tsx';
import type { Page } from './pages.ts';
import { type CommandGroup, commandGroups, type Command as PaletteCommand } from './palette-commands.ts';
import { scoreOf } from './palette-score.ts';
import { usePalette } from './palette-store.ts';
import { UndoImport } from './undo-import.tsx';
import { useDeed } from './use-deed.ts';
import { useFocusReturn } from './use-focus-return.ts';
import { useView } from './use-view.ts';

/** Every page and action by name: Ctrl or Cmd K. */
export function Palette({ pages }: { readonly pages: readonly Page[] }) {
  const { open, setOpen } = usePalette();
  const [undone, setUndone] = useState<ImportRow | null>(null);
  const focusReturn = useFocusReturn();
  const act = useDeed({ pages, onUndo: setUndone });
  return (
    <>
      <Radix.Root open={open} onOpenChange={setOpen}>
        <Radix.Portal>
          <div aria-hidden className="enter-fade fixed inset-0 z-40 bg-scrim" />
          <Radix.Content
            {...focusReturn}
            aria-describedby={undefined}
            className="enter-pop fixed top-[14vh] left-1/2 z-50 w-[560px] max-w-[calc(100vw-32px)] -translate-x-1/2 overflow-hidden rounded-xl border bg-raised shadow-sheet outline-none"
          >
            <Radix.Title className="sr-only">Command palette</Radix.Title>
            <CommandList
              pages={pages}
              onChoose={({ deed }) => {
                setOpen(false);
                act(deed);
              }}
            />
          </Radix.Content>
        </Radix.Portal>
      </Radix.Root>
      <UndoImport row={undone} onClose={() => setUndone(null)} />
    </>
  );
}

interface CommandListProps {
  readonly pages: readonly Page[];
  readonly onChoose: (command: PaletteCommand) => void;
}

function CommandList({ pages, onChoose }: CommandListProps) {
  const [query, setQuery] = useState('');
  const groups = useGroups(pages);
  const shown = groups.filter((group) => !group.onSearch || query.trim() !== '');
  return (
    <Command
      label="Command palette"
      loop
      filter={(value, search, [label = value, keywords = ''] = []) => scoreOf(label, keywords, search)}
    >
      <div className="flex h-12 items-center gap-2.5 border-b px-4">
        <Search aria-hidden className="size-4 shrink-0 text-text-3" strokeWidth={1.5} />
        <Command.Input
          value={query}
          onValueChange={setQuery}
          placeholder="A page, an action, an account, a model"
          className="h-full min-w-0 flex-1 bg-transparent text-lg outline-none"
        />
        <Kbd>Esc</Kbd>
      </div>
      <Command.List className="max-h-[min(400px,60vh)] scroll-py-2 overflow-y-auto p-2">
        {shown.map((group) => (
          <Group key={group.title} group={group} onChoose={onChoose} />
        ))}
      </Command.List>
      <div role="status">
        <Command.Empty className="px-2 pb-6 text-center text-sm text-text-2">
          Nothing is called that.
        </Command.Empty>
      </div>
    </Command>
  );
}

interface GroupProps {
  readonly group: CommandGroup;
  readonly onChoose: (command: PaletteCommand) => void;
}

function Group({ group, onChoose }: GroupProps) {
  return (
    <Command.Group
      heading={group.title}
      className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-text-3 [&_[cmdk-group-heading]]:text-xs"
    >
      {group.commands.map((command) => (
        <Command.Item
          key={command.label}
          value={`${group.title} ${command.label}`}
          keywords={[command.label, command.keywords]}
          onSelect={() => onChoose(command)}
          className="flex h-8 items-center gap-2 rounded-md px-2 text-md data-[selected=true]:bg-selected"
        >
          <span className="min-w-0 flex-1 truncate">{command.label}</span>
          {command.hint !== undefined && <Hint text={command.hint} />}
        </Command.Item>
      ))}
    </Command.Group>
  );
}

function Hint({ text }: { readonly text: string }) {
  if (!/^g .$/.test(text)) return <span className="tnum text-text-3 text-xs">{text}</span>;
  return (
    <span className="flex gap-1">
      {text.split(' ').map((key) => (
        <Kbd key={key}>{key}</Kbd>
      ))}
    </span>
  );
}

function useGroups(pages: readonly Page[]): readonly CommandGroup[] {
  const { view } = useView();
  const settings = useRoute('settings.get', {}).data?.settings;
  const accounts = useRoute('accounts.list', {}).data?.accounts;
  const values = useRoute('report.values', {}).data;
  const imports = useRoute('imports.list', {}).data?.imports;
  const vendors = useRoute('connections.list', {}).data;
  return useMemo(
    () =>
      commandGroups({
        pages,
        view,
        theme: settings?.theme ?? 'system',
        accounts: accounts ?? [],
        models: values?.models ?? [],
        projects: values?.projects ?? [],
        imports: imports ?? [],
        vendors: vendors ?? { isPaused: false, connections: [] },
      }),
    [pages, view, settings, accounts, values, imports, vendors],
  );
}
