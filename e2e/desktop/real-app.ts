import { _electron } from '@playwright/test';
import { repository } from '../box.ts';
import type { DesktopApp, DesktopStart, ElectronModule } from './desktop-app.ts';

/** Starts the built desktop app on the real Electron, whose program lies at `executablePath`. */
export async function startReal(
  executablePath: string,
  { args, env, cwd }: DesktopStart,
): Promise<DesktopApp> {
  const isRoot = process.getuid?.() === 0;
  const running = await _electron.launch({
    executablePath,
    args: [...(isRoot ? ['--no-sandbox'] : []), repository, ...args],
    env: { ...env, ...display() },
    cwd,
  });
  const child = running.process();
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (text: Buffer) => {
      said += text.toString();
    });
  return {
    runs: 'Electron',
    window: () => running.firstWindow(),
    evaluate: (run, arg) =>
      // Playwright hands over the whole module, as the stand-in does.
      running.evaluate(run as (electron: ElectronModule, arg: unknown) => unknown, arg as unknown) as never,
    ended: new Promise((resolve) => child.once('close', resolve)),
    output: () => said,
    kill: () => child.kill('SIGKILL'),
  };
}

/** What a program needs to open a window here: the display, and the key to it that `xvfb-run` makes. */
function display(): Record<string, string> {
  const names = ['DISPLAY', 'XAUTHORITY', 'WAYLAND_DISPLAY', 'XDG_RUNTIME_DIR'];
  return Object.fromEntries(
    names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])),
  ) as Record<string, string>;
}
