import { demand, forbid, host, ourCode, type Rule, where } from './subject.ts';

const preload = 'out/preload/index.cjs';

/** What goes between window and host. */
export const channelRules: readonly Rule[] = [
  {
    id: 'S4',
    title: 'one module answers the window',
    check: ({ sources }) =>
      forbid(
        where(sources, ourCode).filter(([path]) => path !== `${host}/ipc.ts`),
        /ipcMain\.(handle|handleOnce|on|once)\b|\.ipc\.(handle|on)\b/,
      ),
  },
  {
    id: 'S5',
    title: 'two channels, named in one place, every call with a schema',
    check: ({ sources }) => [
      ...forbid(
        where(sources, ourCode).filter(([path]) => path !== 'src-preload/contract/channels.ts'),
        /['"`]llmlab:[\w-]+['"`]/,
      ),
      ...demand(sources, 'src-preload/contract/channels.ts', [
        /^(?:(?!llmlab:).)*(?:llmlab:(?:(?!llmlab:).)*){2}$/s,
      ]),
      ...demand(sources, `${host}/ipc.ts`, [/handle\(callChannel\b/, /isTrustedSender\(/, /\.safeParse\(/]),
    ],
  },
  {
    id: 'S6',
    title: 'the preload is one file that needs Electron only and hands out no part of it',
    check: ({ built }) => {
      const texts = where(built, /^out\/preload\//);
      const exposed = texts.flatMap(([, text]) => [...text.matchAll(/exposeInMainWorld\(/g)]).length;
      return [
        ...(built.size > 0 && texts.length !== 1 ? [`the preload is ${texts.length} files`] : []),
        ...(built.size > 0 && exposed !== 1 ? [`the preload exposes ${exposed} things`] : []),
        ...texts.flatMap(([path]) => (path === preload ? [] : [`${path} is not a CommonJS preload`])),
        ...forbid(texts, /require\((?!"electron"\))[^)]*\)|\bimport\b\s*[({"']/),
        ...forbid(texts, /ipcRenderer(?!\.(invoke|on|off)\()[^;\n]{0,20}/),
        // A listener of the page never receives Electron's event object.
        ...forbid(texts, /ipcRenderer\.on\([^,]+,\s*listener\b/),
      ];
    },
  },
];
