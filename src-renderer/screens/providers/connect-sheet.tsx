import { lazy, Suspense } from 'react';
import { useConnectRequest } from '../../ui/connect-request.ts';

// forms and their library are of no use until somebody connects a vendor
const ConnectFlow = lazy(async () => ({ default: (await import('./connect-flow.tsx')).ConnectFlow }));

/** The sheet that connects vendors, above every page, whoever asked for it. */
export function ConnectSheet() {
  const { wanted, close } = useConnectRequest();
  if (wanted === null) return null;
  return (
    <Suspense fallback={null}>
      <ConnectFlow key={wanted} wanted={wanted} onClose={close} />
    </Suspense>
  );
}
