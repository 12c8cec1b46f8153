import { app } from 'electron';

/** True from the moment the app was told to quit: closing the window then ends it instead of hiding it. */
export function watchQuit(): () => boolean {
  let isQuitting = false;
  app.on('before-quit', () => {
    isQuitting = true;
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  return () => isQuitting;
}

/** The core stops before the process ends: nothing is left half-written, and the data folder is let go. */
export function stopOnQuit(stop: () => Promise<void>): void {
  let isStopped = false;
  app.on('will-quit', (event) => {
    if (isStopped) return;
    event.preventDefault();
    void stop().finally(() => {
      isStopped = true;
      app.quit();
    });
  });
}
