import type { LucideIcon } from 'lucide-react';
import type { ComponentType } from 'react';

/** A page of the window. One row per screen in routes.tsx. */
export interface Page {
  readonly path: string;
  readonly label: string;
  readonly icon: LucideIcon;
  /** `g` then this letter goes there. */
  readonly key: string;
  readonly place: 'main' | 'setup';
  /** Whether range and filters of the top bar apply to it. */
  readonly filtered: boolean;
  readonly Screen: ComponentType;
}
