import { QueryClientProvider } from '@tanstack/react-query';
import { Suspense } from 'react';
import { Router } from 'wouter';
import { queryClient } from './api/client.ts';
import { pages } from './routes.tsx';
import { ImportSheet } from './screens/imports/import-sheet.tsx';
import { ConnectSheet } from './screens/providers/connect-sheet.tsx';
import { DropOverlay } from './ui/frame/drop-overlay.tsx';
import { ErrorBoundary } from './ui/frame/error-boundary.tsx';
import { Frame } from './ui/frame/frame.tsx';
import { HostEvents } from './ui/frame/host-events.tsx';
import { NotFound } from './ui/frame/not-found.tsx';
import { Shortcuts } from './ui/frame/shortcuts.tsx';
import { Theme } from './ui/frame/theme.tsx';
import { useHashPath, useHashSearch } from './ui/hash-location.ts';
import { pageAt } from './ui/pages.ts';
import { Palette } from './ui/palette.tsx';
import { Toaster } from './ui/toast.tsx';
import { TooltipProvider } from './ui/tooltip.tsx';
import { UnlockDialog } from './ui/unlock-dialog.tsx';

/** The whole window: providers, frame, the page of the hash, and what floats above every page. */
export function App() {
  return (
    <ErrorBoundary>
      <QueryClientProvider client={queryClient}>
        <TooltipProvider>
          <Router hook={useHashPath} searchHook={useHashSearch}>
            <Theme />
            <HostEvents />
            <Shortcuts pages={pages} />
            <Frame pages={pages}>
              <CurrentPage />
            </Frame>
            <ImportSheet />
            <ConnectSheet />
            <UnlockDialog />
            <Palette pages={pages} />
            <DropOverlay />
            <Toaster />
          </Router>
        </TooltipProvider>
      </QueryClientProvider>
    </ErrorBoundary>
  );
}

function CurrentPage() {
  const [path] = useHashPath();
  const page = pageAt(pages, path);
  return (
    <ErrorBoundary key={path}>
      <Suspense fallback={null}>{page ? <page.Screen /> : <NotFound />}</Suspense>
    </ErrorBoundary>
  );
}
