import {
  Activity,
  Boxes,
  Bug,
  Database,
  FileInput,
  LayoutDashboard,
  ListTree,
  Plug,
  ReceiptText,
  ScrollText,
  Settings,
} from 'lucide-react';
import { type ComponentType, lazy } from 'react';
import { CareCount } from './ui/care-count.tsx';
import type { Page } from './ui/pages.ts';

/** A screen whose code comes when it is first shown, or when it is asked for ahead. */
function screenOf(load: () => Promise<ComponentType>): Pick<Page, 'load' | 'Screen'> {
  return { load, Screen: lazy(async () => ({ default: await load() })) };
}

/** Every page of the window, in the order of the rail. */
export const pages: readonly Page[] = [
  {
    path: '/',
    label: 'Overview',
    icon: LayoutDashboard,
    key: 'o',
    place: 'main',
    filtered: true,
    ...screenOf(async () => (await import('./screens/overview/index.tsx')).Overview),
  },
  {
    path: '/activity',
    label: 'Activity',
    icon: ListTree,
    key: 'a',
    place: 'main',
    filtered: true,
    ...screenOf(async () => (await import('./screens/activity/index.tsx')).Activity),
  },
  {
    path: '/reconcile',
    label: 'Reconcile',
    icon: ReceiptText,
    key: 'r',
    place: 'main',
    filtered: false,
    ...screenOf(async () => (await import('./screens/reconcile/index.tsx')).Reconcile),
  },
  {
    path: '/imports',
    label: 'Imports',
    icon: FileInput,
    key: 'i',
    place: 'main',
    filtered: false,
    ...screenOf(async () => (await import('./screens/imports/index.tsx')).Imports),
  },
  {
    path: '/models',
    label: 'Models',
    icon: Boxes,
    key: 'm',
    place: 'main',
    filtered: false,
    ...screenOf(async () => (await import('./screens/models/index.tsx')).Models),
  },
  {
    path: '/providers',
    label: 'Providers',
    icon: Plug,
    key: 'p',
    place: 'setup',
    filtered: false,
    Count: CareCount,
    ...screenOf(async () => (await import('./screens/providers/index.tsx')).Providers),
  },
  {
    path: '/health',
    label: 'Provider health',
    icon: Activity,
    key: 'h',
    place: 'inner',
    under: '/providers',
    filtered: false,
    ...screenOf(async () => (await import('./screens/providers/health-page.tsx')).HealthPage),
  },
  {
    path: '/sources',
    label: 'Sources',
    icon: Database,
    key: 's',
    place: 'setup',
    filtered: false,
    ...screenOf(async () => (await import('./screens/sources/index.tsx')).Sources),
  },
  {
    path: '/settings',
    label: 'Settings',
    icon: Settings,
    key: 'e',
    place: 'setup',
    filtered: false,
    ...screenOf(async () => (await import('./screens/settings/index.tsx')).Settings),
  },
  {
    path: '/debug-log',
    label: 'Debug log',
    icon: Bug,
    key: 'b',
    place: 'inner',
    under: '/settings',
    filtered: false,
    ...screenOf(async () => (await import('./screens/debug-log/index.tsx')).DebugLog),
  },
  {
    path: '/audit',
    label: 'Audit log',
    icon: ScrollText,
    key: 'u',
    place: 'inner',
    under: '/settings',
    filtered: false,
    ...screenOf(async () => (await import('./screens/audit/index.tsx')).Audit),
  },
];
