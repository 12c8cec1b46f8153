import type { Handlers, Namespace } from './context.ts';

export const debugLogHandlers: Handlers<Namespace<'debugLog'>> = {
  'debugLog.list': ({ limit }, { debugLog }) => ({
    entries: debugLog.list(limit).map((entry) => ({
      ...entry,
      requestHeaders: { ...entry.requestHeaders },
      responseHeaders: { ...entry.responseHeaders },
    })),
    path: debugLog.path,
  }),
  'debugLog.clear': (_, { debugLog }) => {
    debugLog.clear();
    return {};
  },
};
