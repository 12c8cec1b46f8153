import { Tooltip as Radix } from 'radix-ui';
import type { ReactNode } from 'react';

/** Names a control or shows an exact value on hover and focus. The child must take a ref and props. */
export function Tooltip({ text, side = 'bottom', children }: TooltipProps) {
  if (text === null || text === '') return children;
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className="enter-fade tnum z-50 max-w-80 rounded-md border bg-raised px-2 py-1 text-text text-xs shadow-pop"
        >
          {text}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

interface TooltipProps {
  readonly text: ReactNode;
  readonly side?: 'top' | 'right' | 'bottom' | 'left';
  readonly children: ReactNode;
}

/** Once, around the whole window. */
export function TooltipProvider({ children }: { readonly children: ReactNode }) {
  return <Radix.Provider delayDuration={350}>{children}</Radix.Provider>;
}
