import { describe, expect, it } from 'vitest';
import type { FoundTool } from '../../../src-preload/contract/scan.ts';
import { inOrder, splitTools, toolState, withFolder, withoutFolder } from './tool-state.ts';

const folder = {
  path: '/home/me/.codex/sessions',
  why: 'default',
  found: true,
  files: 3,
  bytes: 900,
  error: null,
};
const tool: FoundTool = {
  tool: 'codex',
  label: 'Codex',
  vendor: 'openai',
  folders: [folder],
  files: 3,
  bytes: 900,
  unreadBytes: 0,
  lastReadAt: 1,
  following: { mode: 'off', why: null, asOf: null, error: null },
  note: '',
};

describe('toolState', () => {
  it('does not call what is followed unread: it is read in a moment', () => {
    const followed = { ...tool, unreadBytes: 40, following: { ...tool.following, mode: 'live' } } as const;
    expect(toolState(followed)).toEqual({ kind: 'current' });
    expect(toolState({ ...followed, following: { ...tool.following, mode: 'paused' } }).kind).toBe('unread');
    expect(toolState({ ...followed, following: { ...tool.following, error: 'It is gone.' } })).toEqual({
      kind: 'failing',
      error: 'It is gone.',
    });
  });

  it('offers to read when there are unread bytes, even though another folder cannot be opened', () => {
    const broken = { ...folder, path: '/mnt/x', found: false, error: 'permission denied' };
    expect(toolState({ ...tool, unreadBytes: 40, lastReadAt: null, folders: [broken, folder] })).toEqual({
      kind: 'unread',
      bytes: 40,
      isFirst: true,
    });
  });

  it('names the folder that failed instead of calling the tool absent', () => {
    const state = toolState({
      ...tool,
      files: 0,
      folders: [{ ...folder, found: false, error: 'permission denied' }],
    });
    expect(state).toEqual({ kind: 'failing', error: '/home/me/.codex/sessions: permission denied' });
  });

  it('tells a missing folder from an empty one', () => {
    expect(toolState({ ...tool, folders: [{ ...folder, found: false }], files: 0 }).kind).toBe('absent');
    expect(toolState({ ...tool, files: 0 }).kind).toBe('empty');
    expect(toolState(tool).kind).toBe('current');
  });
});

it('lists what can be read before what is not there', () => {
  const absent = { ...tool, label: 'A', folders: [], files: 0 };
  const unread = { ...tool, label: 'Z', unreadBytes: 1 };
  expect(inOrder([absent, tool, unread]).map((one) => one.label)).toEqual(['Z', 'Codex', 'A']);
});

describe('own folders', () => {
  it('adds a path once, without its trailing separator, and keeps the other tools', () => {
    const folders = { gemini: ['/g'], codex: ['/a'] };
    const added = withFolder(withFolder(folders, 'codex', ' /b/ '), 'codex', '/b');
    expect(added).toEqual({ gemini: ['/g'], codex: ['/a', '/b'] });
    expect(folders.codex).toEqual(['/a']);
  });

  it('keeps the root folder and refuses a blank one', () => {
    expect(withFolder({}, 'codex', '/')).toEqual({ codex: ['/'] });
    expect(withFolder({}, 'codex', '  ')).toEqual({ codex: [] });
  });

  it('takes away only the named path', () => {
    expect(withoutFolder({ codex: ['/a', '/b'] }, 'codex', '/a')).toEqual({ codex: ['/b'] });
  });
});

it('keeps what is not on this machine out of the way, and what cannot be read in it', () => {
  const gone = { ...folder, found: false, files: 0 };
  const tools = [
    { ...tool, tool: 'none', folders: [gone], files: 0, unreadBytes: 0 },
    { ...tool, tool: 'broken', folders: [{ ...gone, error: 'not allowed' }], files: 0, unreadBytes: 0 },
    tool,
  ];
  const { here, absent } = splitTools(tools);
  expect(absent.map((one) => one.tool)).toEqual(['none']);
  expect(new Set(here.map((one) => one.tool))).toEqual(new Set(['broken', 'codex']));
  expect(
    splitTools(tools, ['codex'])
      .absent.map((one) => one.tool)
      .toSorted(),
  ).toEqual(['codex', 'none']);
});
