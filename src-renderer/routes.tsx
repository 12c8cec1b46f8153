import { Database, FileInput, LayoutDashboard, ListTree, Settings } from 'lucide-react';
import { lazy } from 'react';
import type { Page } from './ui/pages.ts';

/** Every page of the window, in the order of the rail. */
export const pages: readonly Page[] = [
  {
    path: '/',
    label: 'Overview',
    icon: LayoutDashboard,
    key: 'o',
    place: 'main',
    filtered: true,
    Screen: lazy(async () => ({ default: (await import('./screens/overview/index.tsx')).Overview })),
  },
  {
    path: '/activity',
    label: 'Activity',
    icon: ListTree,
    key: 'a',
    place: 'main',
    filtered: true,
    Screen: lazy(async () => ({ default: (await import('./screens/activity/index.tsx')).Activity })),
  },
  {
    path: '/imports',
    label: 'Imports',
    icon: FileInput,
    key: 'i',
    place: 'main',
    filtered: false,
    Screen: lazy(async () => ({ default: (await import('./screens/imports/index.tsx')).Imports })),
  },
  {
    path: '/sources',
    label: 'Sources',
    icon: Database,
    key: 's',
    place: 'setup',
    filtered: false,
    Screen: lazy(async () => ({ default: (await import('./screens/sources/index.tsx')).Sources })),
  },
  {
    path: '/settings',
    label: 'Settings',
    icon: Settings,
    key: 'e',
    place: 'setup',
    filtered: false,
    Screen: lazy(async () => ({ default: (await import('./screens/settings/index.tsx')).Settings })),
  },
];
