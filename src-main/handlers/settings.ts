import type { HandlerContext, Handlers, Namespace } from './context.ts';

type Values = Readonly<Record<string, unknown>>;

/** Not waited for: a change of theme need not wait for an import that is being written. */
function recordChanges(before: Values, given: Values, { audit }: HandlerContext): void {
  for (const [name, to] of Object.entries(given)) {
    const from = before[name];
    if (JSON.stringify(from) === JSON.stringify(to)) continue;
    // What goes wrong with it is in the log.
    audit.record('setting.changed', name, { from, to }).catch(() => undefined);
  }
}

export const settingsHandlers: Handlers<Namespace<'settings'>> = {
  'settings.get': (_, context) => ({
    settings: context.settings.read(),
    systemZone: context.ports.environment.zone(),
    zones: ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')],
  }),
  'settings.save': async (changes, context) => {
    const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
    const before = context.settings.read();
    const settings = context.settings.save(given);
    recordChanges(before, given, context);
    context.emit({ kind: 'settings.changed' });
    if ('zone' in given || 'fxRates' in given) {
      await context.run('bringUpToDate', {}, { kind: 'recount', title: 'Recounting the ledger' });
      context.emit({ kind: 'ledger.changed' });
    }
    return { settings };
  },
};
