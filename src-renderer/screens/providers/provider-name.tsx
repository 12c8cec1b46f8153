import { cx } from '../../ui/cx.ts';
import { Swatch } from '../../ui/swatch.tsx';
import { useSlots } from '../../ui/use-slots.ts';

interface ProviderNameProps {
  readonly vendor: string;
  /** Empty where the name stands elsewhere: the colour alone. */
  readonly label: string;
  readonly className?: string;
}

/** A vendor's name beside its colour, the same as in charts. */
export function ProviderName({ vendor, label, className }: ProviderNameProps) {
  const slots = useSlots('provider')([vendor]);
  return (
    <span className={cx('inline-flex min-w-0 items-center gap-2', className)}>
      <Swatch slot={slots.get(vendor)} />
      {label !== '' && (
        <span title={label} className="truncate">
          {label}
        </span>
      )}
    </span>
  );
}
