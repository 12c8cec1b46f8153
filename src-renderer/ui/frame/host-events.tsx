import { useEffect } from 'react';
import type { CoreEvent } from '../../../src-preload/contract/events.ts';
import { bridge } from '../../api/bridge.ts';
import { useCoreEvents } from '../../api/events.ts';
import { navigate } from '../hash-location.ts';
import { pendingPath, useImportRequest } from '../import-request.ts';

/** What menus, tray, dock and a second start ask of the window. */
export function HostEvents() {
  useCoreEvents(follow);
  // After the line above in the same commit: a file the app was started with is asked for only once we listen.
  useEffect(() => bridge.ready?.(), []);
  return null;
}

function follow(event: CoreEvent): void {
  if (event.kind === 'navigate') navigate(event.to);
  if (event.kind === 'import.requested') useImportRequest.getState().request(event.paths.map(pendingPath));
}
