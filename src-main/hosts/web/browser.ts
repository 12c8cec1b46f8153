import type { Environment } from '../../platform/ports.ts';

/** Whether a browser opened from here would be seen by the person who started us. */
export function hasDisplay({ platform, env }: Pick<Environment, 'platform' | 'env'>): boolean {
  if (env.SSH_CONNECTION || env.SSH_TTY || env.CI) return false;
  return platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

/** Opens the system's browser. Failing is no trouble: the URL has been printed. */
export async function openBrowser(url: string): Promise<void> {
  try {
    const { default: open } = await import('open');
    const child = await open(url);
    child.once('error', () => {});
    child.unref();
  } catch {}
}
