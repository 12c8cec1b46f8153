import { Download } from 'lucide-react';
import { useState } from 'react';
import type { Filters } from '../../../src-preload/contract/values.ts';
import { Button } from '../../ui/button.tsx';
import { type ExportFormat, exportRecords } from '../../ui/export-records.ts';
import { Menu, MenuItem } from '../../ui/menu.tsx';

const formats = [
  { format: 'csv', label: 'CSV', note: 'for spreadsheets' },
  { format: 'json', label: 'JSON', note: 'every field' },
  { format: 'focus', label: 'FOCUS', note: 'FinOps cost format' },
] as const satisfies readonly { format: ExportFormat; label: string; note: string }[];

/** Saves the records that match, all of them, not only those in view. */
export function ExportMenu({ filters, disabled }: { readonly filters: Filters; readonly disabled: boolean }) {
  const [busy, setBusy] = useState(false);
  const run = async (format: ExportFormat) => {
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
