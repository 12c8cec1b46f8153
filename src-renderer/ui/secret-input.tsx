import { Eye, EyeOff } from 'lucide-react';
import { type ComponentProps, useState } from 'react';
import { IconButton } from './button.tsx';
import { Input } from './field.tsx';

interface SecretInputProps extends ComponentProps<'input'> {
  readonly label: string;
}

/** A secret while it is typed: hidden unless asked for, and never offered to the browser to remember. */
export function SecretInput({ label, ...rest }: SecretInputProps) {
  const [isShown, setShown] = useState(false);
  return (
    <span className="flex gap-1">
      <Input
        {...rest}
        type={isShown ? 'text' : 'password'}
        autoComplete="off"
        data-1p-ignore
        data-lpignore="true"
        className="flex-1 font-mono text-xs"
      />
      <IconButton
        icon={isShown ? EyeOff : Eye}
        label={isShown ? `Hide the ${label}` : `Show the ${label} as typed`}
        aria-pressed={isShown}
        onClick={() => setShown(!isShown)}
      />
    </span>
  );
}
