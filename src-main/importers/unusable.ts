import type { LogEnvironment, LogLocation, UnusableTool } from '../platform/importer.ts';
import { locationsOf, type ToolFolders, toolFolders } from './dialects/tool-folders.ts';

function at(...of: readonly ((folders: ToolFolders, environment: LogEnvironment) => string)[]) {
  return (environment: LogEnvironment): readonly LogLocation[] => {
    const folders = toolFolders(environment);
    return locationsOf('default', ...of.map((path) => path(folders, environment)));
  };
}

const editor = (name: string) => at(({ appData }) => appData(name, 'User', 'globalStorage', 'state.vscdb'));

const asPlan = (name: string) =>
  `Add ${name} as a plan account with its fee in Sources; what goes beyond the plan stands on its bill.`;

/**
 * Tools that keep something on this machine from which no usage can be told (looked at 2026-08 to 2026-10): one row
 * each. They are listed where somebody looks for why they read zero, and when their database is dropped.
 */
export const unusableTools: readonly UnusableTool[] = [
  {
    id: 'cursor',
    label: 'Cursor',
    locations: editor('Cursor'),
    reason: 'Its database on this machine holds chats, and zeros where token counts would stand.',
    instead:
      'Import its usage events: cursor.com, Dashboard, Usage, Export gives a CSV with every call, its tokens and its cost.',
    isSchema: (ddl) => /\bcursorDiskKV\b/i.test(ddl),
  },
  {
    id: 'ollama',
    label: 'Ollama',
    locations: at(({ appData, localData, home }, { platform }) => {
      if (platform === 'darwin') return appData('Ollama', 'db.sqlite');
      return platform === 'win32' ? localData('Ollama', 'db.sqlite') : home('.ollama', 'db.sqlite');
    }),
    reason: 'Its database and its logs hold chats and no token counts.',
    instead:
      'Models that run on this machine cost nothing by the token, so nothing is missing. For its cloud models add Ollama as a plan account with its fee in Sources.',
    isSchema: (ddl) => /\bchats\b/.test(ddl) && /\bmessages\b[^;]*\bthinking\b[^;]*\bmodel_name\b/.test(ddl),
  },
  {
    id: 'windsurf',
    label: 'Windsurf',
    locations: at(
      ({ home }) => home('.codeium', 'windsurf'),
      ({ appData }) => appData('Windsurf', 'User', 'globalStorage', 'state.vscdb'),
    ),
    reason: 'It keeps no token counts on this machine.',
    instead: asPlan('Windsurf'),
  },
  {
    id: 'trae',
    label: 'Trae',
    locations: editor('Trae'),
    reason: 'It keeps no token counts on this machine.',
    instead: asPlan('Trae'),
  },
  {
    id: 'kiro',
    label: 'Kiro',
    locations: at(
      ({ home }) => home('.kiro', 'sessions'),
      ({ appData }) => appData('Kiro', 'User', 'globalStorage', 'kiro.kiroagent'),
    ),
    reason: 'It records credits, and neither tokens nor money.',
    instead: asPlan('Kiro'),
  },
  {
    id: 'antigravity',
    label: 'Antigravity',
    locations: at(({ home }) => home('.gemini', 'antigravity*', 'conversations')),
    reason: 'Its conversations are packed in a form that only its own running program can read.',
    instead: asPlan('Antigravity'),
  },
  {
    id: 'command-code',
    label: 'Command Code',
    locations: at(({ home }) => home('.commandcode')),
    reason: 'It keeps no token counts on this machine.',
    instead: asPlan('Command Code'),
  },
  {
    id: 'copilot-jetbrains',
    label: 'GitHub Copilot in JetBrains',
    locations: at(({ localData, xdgConfig }, { platform }) => {
      const below = ['github-copilot', '*', 'chat-*sessions'];
      return platform === 'win32' ? localData(...below) : xdgConfig(...below);
    }),
    reason: 'Its chats are kept without token counts.',
    instead:
      'Import the usage report of GitHub: github.com, Settings, Billing and licensing, Usage, Get usage report. It covers every editor.',
  },
  {
    id: 'devin-cli',
    label: 'Devin CLI',
    locations: at(({ xdgData }) => xdgData('devin', 'cli', 'transcripts')),
    reason: 'Its transcripts count ACUs, whose price is that of the contract, and no tokens.',
    instead: asPlan('Devin'),
  },
  {
    id: 'warp',
    label: 'Warp',
    locations: at(({ home, localData, xdgState }, { platform }) => {
      const container = ['Library', 'Group Containers', '2BBY89MBSN.dev.warp', 'Library'];
      if (platform === 'darwin')
        return home(...container, 'Application Support', 'dev.warp.Warp-Stable', 'warp.sqlite');
      if (platform === 'win32') return localData('warp', 'Warp', 'data', 'warp.sqlite');
      return xdgState('warp-terminal', 'warp.sqlite');
    }),
    reason:
      'Its database keeps one sum of tokens per conversation, which does not tell input, cached input and output apart.',
    instead: asPlan('Warp'),
    isSchema: (ddl) => /\bai_queries\b/.test(ddl) && /\bagent_conversations\b/.test(ddl),
  },
  {
    id: 'dsh',
    label: 'DeepSeek Harness',
    locations: at(({ named, home, join }) => join(named('DSH_HOME')[0] ?? home('.dsh'), 'sessions')),
    reason:
      'It notes tokens, but not how it counts cached ones and repeated steps: LLMLab does not guess what they cost.',
    instead: 'Import the usage of the key behind it: platform.deepseek.com, Usage, Export.',
  },
  {
    id: 'junie',
    label: 'Junie',
    locations: at(({ home }) => home('.junie', 'sessions')),
    reason: 'How it notes tokens in its sessions is not published: LLMLab does not guess what they cost.',
    instead: asPlan('JetBrains AI'),
  },
];
