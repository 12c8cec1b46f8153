import { pages } from '../routes.tsx';
import { usePalette } from './palette-store.ts';
import { Dialog } from './sheet.tsx';

/** Every page, by name. */
export function Palette() {
  const { open, setOpen } = usePalette();
  return (
    <Dialog open={open} onOpenChange={setOpen} title="Go to">
      <ul>
        {pages.map((page) => (
          <li key={page.path}>
            <a href={`#${page.path}`} onClick={() => setOpen(false)}>
              {page.label}
            </a>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
