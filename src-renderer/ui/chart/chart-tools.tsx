import { ChartColumn, Download, Table2 } from 'lucide-react';
import { saveBlob } from '../../api/save-blob.ts';
import { IconButton } from '../button.tsx';
import { toCsv } from '../csv.ts';
import { Menu, MenuItem } from '../menu.tsx';

interface ChartToolsProps {
  /** What it is a chart of, for names and labels: `Usage per day`. */
  readonly title: string;
  readonly rows: () => readonly (readonly (string | number)[])[];
  /** The picture; left out where there is none. */
  readonly picture?: () => HTMLCanvasElement | null;
  readonly asTable?: boolean;
  readonly onTable?: (asTable: boolean) => void;
}

/** Table view and export, in the header of every chart. */
export function ChartTools({ title, rows, picture, asTable = false, onTable }: ChartToolsProps) {
  const name = title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  const saveCsv = () => saveBlob(new Blob([toCsv(rows())], { type: 'text/csv' }), `${name}.csv`);
  const savePng = () => picture?.()?.toBlob((blob) => blob && saveBlob(blob, `${name}.png`), 'image/png');
  return (
    <>
      {onTable && (
        <IconButton
          icon={asTable ? ChartColumn : Table2}
          label={asTable ? `${title} as a chart` : `${title} as a table`}
          aria-pressed={asTable}
          onClick={() => onTable(!asTable)}
        />
      )}
      <Menu
        label={`Export ${title}`}
        align="end"
        trigger={
          <button
            type="button"
            aria-label={`Export ${title}`}
            title="Export"
            className="inline-flex size-7 items-center justify-center rounded-md text-text-2 hover:bg-hover hover:text-text"
          >
            <Download aria-hidden className="size-4" strokeWidth={1.5} />
          </button>
        }
      >
        <MenuItem onSelect={saveCsv}>Figures as CSV</MenuItem>
        {picture && !asTable && <MenuItem onSelect={savePng}>Picture as PNG</MenuItem>}
      </Menu>
    </>
  );
}
