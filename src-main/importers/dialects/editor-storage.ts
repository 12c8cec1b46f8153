import type { LogEnvironment, LogLocation } from '../../platform/importer.ts';
import { locationsOf, toolFolders } from './tool-folders.ts';

/** Editors built on Visual Studio Code, by the name of their folder (2026-10). */
const editors = ['Code', 'Code - Insiders', 'VSCodium', 'Cursor', 'Windsurf'] as const;

/** What the same editors leave on a machine they are connected to. */
const servers = ['.vscode-server', '.vscode-server-insiders', '.cursor-server', '.windsurf-server'] as const;

/** Where an extension keeps its own files, in every editor it may run in; `below` are segments below that folder. */
export function editorStorage(
  environment: LogEnvironment,
  extension: string,
  ...below: readonly string[]
): readonly LogLocation[] {
  const { appData, home } = toolFolders(environment);
  const own = ['User', 'globalStorage', extension, ...below];
  return [
    ...locationsOf('default', ...editors.map((editor) => appData(editor, ...own))),
    ...locationsOf('default', ...servers.map((server) => home(server, 'data', ...own))),
  ];
}
