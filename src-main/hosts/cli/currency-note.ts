import type { Ask } from './session.ts';

/** The command line always prints USD; says so where the settings name another currency. Empty where they do not. */
export async function usdNote(ask: Ask): Promise<string> {
  const { settings } = await ask('settings.get', {});
  return settings.currency === 'USD'
    ? ''
    : `\nMoney is in USD; the currency set, ${settings.currency}, is for the window.`;
}
