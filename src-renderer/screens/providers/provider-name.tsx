import { Swatch } from '../../ui/swatch.tsx';
import { useSlots } from '../../ui/use-slots.ts';

/** A vendor's name beside its colour, the same as in charts. */
export function ProviderName({ vendor, label }: { readonly vendor: string; readonly label: string }) {
  const slots = useSlots('provider')([vendor]);
  return (
    <span className="inline-flex min-w-0 items-center gap-2">
      <Swatch slot={slots.get(vendor)} />
      <span title={label} className="truncate">
        {label}
      </span>
    </span>
  );
}
