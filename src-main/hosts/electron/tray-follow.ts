import type { Core } from '../../core/index.ts';
import type { AppTray } from './tray.ts';
import { readTrayText } from './tray-figures.ts';

/** A new day begins without an event. */
const refreshMs = 5 * 60_000;

/** Keeps the tray in step with the ledger; a burst of changes costs two questions. Returns a function that stops it. */
export function keepTrayCurrent(
  core: Pick<Core, 'call' | 'events'>,
  tray: Pick<AppTray, 'show'>,
): () => void {
  let state: 'idle' | 'asking' | 'again' | 'stopped' = 'idle';
  const refresh = async (): Promise<void> => {
    if (state !== 'idle') {
      if (state === 'asking') state = 'again';
      return;
    }
    state = 'asking';
    const text = await readTrayText(core);
    const after = settled();
    if (after === 'stopped') return;
    state = 'idle';
    if (text) tray.show(text);
    if (after === 'again') await refresh();
  };
  // Read through a call: while the core is being asked, others change it.
  const settled = () => state;
  const timer = setInterval(() => void refresh(), refreshMs);
  timer.unref();
  const silence = core.events.listen(({ kind }) => {
    if (kind === 'ledger.changed' || kind === 'settings.changed') void refresh();
  });
  void refresh();
  return () => {
    state = 'stopped';
    clearInterval(timer);
    silence();
  };
}
