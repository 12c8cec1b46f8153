import { ChevronRight } from 'lucide-react';
import type { Preview } from '../../../src-preload/contract/imports.ts';

type ChoosePreview = Extract<Preview, { kind: 'choose' }>;

/** Two formats fit: LLMLab asks instead of guessing. */
export function ChooseView({
  preview,
  onChoose,
}: {
  readonly preview: ChoosePreview;
  readonly onChoose: (format: string) => void;
}) {
  return (
    <section className="pt-2 pb-5">
      <h3>Which export is this?</h3>
      <p className="mt-0.5 max-w-prose text-sm text-text-2">
        The columns fit {preview.formats.length} formats. They count differently, so LLMLab does not guess.
      </p>
      <ul className="mt-3 overflow-hidden rounded-lg border">
        {preview.formats.map(({ format, label }) => (
          <li key={format} className="border-t border-t-grid first:border-t-0">
            <button
              type="button"
              onClick={() => onChoose(format)}
              className="flex h-10 w-full items-center gap-3 px-4 text-left hover:bg-hover focus-visible:-outline-offset-2"
            >
              <span className="flex-1 font-medium text-sm">{label}</span>
              <code className="font-mono text-text-3 text-xs">{format}</code>
              <ChevronRight aria-hidden className="size-4 text-text-3" strokeWidth={1.5} />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
