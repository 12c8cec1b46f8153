import type { Handlers, Namespace } from './context.ts';

export const settingsHandlers: Handlers<Namespace<'settings'>> = {
  'settings.get': (_, context) => ({
    settings: context.settings.read(),
    systemZone: context.ports.environment.zone(),
    zones: ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')],
  }),
  'settings.save': async (changes, context) => {
    const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
    const settings = context.settings.save(given);
    context.emit({ kind: 'settings.changed' });
    if ('zone' in given || 'fxRates' in given) {
      await context.run('bringUpToDate', {}, { kind: 'recount', title: 'Recounting the ledger' });
      context.emit({ kind: 'ledger.changed' });
    }
    return { settings };
  },
};
