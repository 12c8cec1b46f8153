import { nativeTheme } from 'electron';
import type { Settings } from '../../../src-preload/contract/settings.ts';
import type { Core } from '../../core/index.ts';
import type { Environment } from '../../platform/ports.ts';
import { setOpenAtLogin } from './login-item.ts';

export interface Preferences {
  readonly closeToTray: () => boolean;
}

/** Applies the settings that are the desktop's to carry out, now and whenever they change. */
export async function followPreferences(
  core: Pick<Core, 'call' | 'events'>,
  environment: Environment,
): Promise<Preferences> {
  let applied: Settings | null = null;
  const apply = async () => {
    const result = await core.call('settings.get', {}, { trusted: true, label: 'desktop' });
    if (!result.ok) return;
    const { settings } = result.data;
    nativeTheme.themeSource = settings.theme;
    const wasOpenAtLogin = applied?.openAtLogin ?? false;
    if (settings.openAtLogin !== wasOpenAtLogin) setOpenAtLogin(settings.openAtLogin, environment);
    applied = settings;
  };
  core.events.listen(({ kind }) => {
    if (kind === 'settings.changed') void apply();
  });
  await apply();
  return { closeToTray: () => applied?.closeToTray ?? true };
}
