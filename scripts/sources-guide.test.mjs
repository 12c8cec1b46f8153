import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { importers } from '../src-main/importers/index.ts';
import { unusableTools } from '../src-main/importers/unusable.ts';
import { guideFile, sourcesGuide } from './sources-guide.mjs';

it('the guide to the sources says what the importers say; if not, run `npm run docs`', () => {
  expect(readFileSync(guideFile, 'utf8')).toBe(sourcesGuide());
});

const [read, unread] = sourcesGuide().split('\n## Tools with nothing to read\n');
const of = (part, label) => part.split(`\n### ${label}\n`)[1].split('\n### ')[0];

it('it names every importer and every tool with nothing to read once', () => {
  for (const { id } of importers) expect(read.split(`- Format: \`${id}\``), id).toHaveLength(2);
  for (const { label } of unusableTools) expect(unread.split(`\n### ${label}\n`), label).toHaveLength(2);
});

it('it writes places as a person would, with what moves them', () => {
  expect(read + unread).not.toMatch(/\/home\/me|\/Users\/me|C:\\Users/);
  expect(of(read, 'Crush')).toContain(
    'Linux and macOS: `~/.local/share/crush/projects.json` and the places it lists',
  );
  expect(of(read, 'Crush')).toContain('Windows: `%LOCALAPPDATA%\\crush\\projects.json`');
  expect(of(read, 'Crush')).toContain('Moved by: `CRUSH_GLOBAL_DATA`, `XDG_DATA_HOME`');
  expect(of(read, 'Forge')).toContain('Windows: `%USERPROFILE%\\.forge\\.forge.db`');
  expect(of(read, 'Codex')).toContain('Linux and macOS: `~/.codex/{sessions,archived_sessions}`');
  expect(of(unread, 'Cursor')).toContain(
    'macOS: `~/Library/Application Support/Cursor/User/globalStorage/state.vscdb`',
  );
});
