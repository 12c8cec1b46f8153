import type { Core } from '../../core/index.ts';
import { type TrayText, trayText } from './tray-text.ts';

const caller = { trusted: true, label: 'tray' } as const;

/** Asks the core what the tray says now; null while it cannot answer. */
export async function readTrayText(core: Pick<Core, 'call'>): Promise<TrayText | null> {
  const info = await core.call('app.info', {}, caller);
  if (!info.ok) return null;
  const { today } = info.data;
  const spent = (from: string) => core.call('report.run', { by: [], filters: { from, to: today } }, caller);
  const [day, month, settings] = await Promise.all([
    spent(today),
    spent(`${today.slice(0, 8)}01`),
    core.call('settings.get', {}, caller),
  ]);
  if (!day.ok || !month.ok || !settings.ok) return null;
  return trayText({ today: day.data.totals, month: month.data.totals }, settings.data.settings, today);
}
