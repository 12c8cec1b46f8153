import { Download } from 'lucide-react';
import { useState } from 'react';
import type { Filters } from '../../../src-preload/contract/values.ts';
import { saveExport } from '../../api/bridge.ts';
import { callRoute } from '../../api/client.ts';
import { Button } from '../../ui/button.tsx';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import { plural } from '../../ui/numbers.ts';
import { toast } from '../../ui/toast.tsx';

const formats = [
  { format: 'csv', label: 'CSV', note: 'for spreadsheets' },
  { format: 'json', label: 'JSON', note: 'every field' },
  { format: 'focus', label: 'FOCUS', note: 'FinOps cost format' },
] as const;

type Format = (typeof formats)[number]['format'];

/** Saves the records that match, all of them, not only those in view. */
export function ExportMenu({ filters, disabled }: { readonly filters: Filters; readonly disabled: boolean }) {
  const [busy, setBusy] = useState(false);
  const run = async (format: Format) => {
    setBusy(true);
    await exportRecords(format, filters);
    setBusy(false);
  };
  return (
    <Menu
      label="Export these records"
      align="end"
      width={208}
      trigger={
        <Button icon={Download} disabled={disabled || busy}>
          {busy ? 'Exporting' : 'Export'}
        </Button>
      }
    >
      {formats.map(({ format, label, note }) => (
        <MenuItem key={format} onSelect={() => void run(format)}>
          {label}
          <span className="ml-auto text-text-3 text-xs">{note}</span>
        </MenuItem>
      ))}
    </Menu>
  );
}

async function exportRecords(format: Format, filters: Filters): Promise<void> {
  try {
    const made = await callRoute('exports.create', { format, filters });
    const saved = await saveExport(made.exportId, made.fileName);
    if (saved) toast.success(`${plural(made.rows, 'record')} exported as ${made.fileName}.`);
  } catch (error) {
    toast.error(error instanceof Error ? error.message : 'The export failed. Nothing was written.');
  }
}
