import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appRoot } from './app-root.ts';
import { dataDirOf } from './data-dir.ts';
import { nodePorts } from './node-ports.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'llmlab-ports-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

describe('data folder', () => {
  const linux = { platform: 'linux', home: '/home/ana' } as const;

  it.each([
    ['linux default', { ...linux, env: {} }, '/home/ana/.local/share/llmlab'],
    ['linux XDG', { ...linux, env: { XDG_DATA_HOME: '/data' } }, '/data/llmlab'],
    [
      'relative XDG is ignored',
      { ...linux, env: { XDG_DATA_HOME: 'data' } },
      '/home/ana/.local/share/llmlab',
    ],
    [
      'macOS',
      { platform: 'darwin', home: '/Users/ana', env: { XDG_DATA_HOME: '/data' } } as const,
      '/Users/ana/Library/Application Support/LLMLab',
    ],
    [
      'Windows',
      { platform: 'win32', home: 'C:\\Users\\ana', env: { APPDATA: 'D:\\Roaming' } } as const,
      'D:\\Roaming\\LLMLab',
    ],
    [
      'Windows without APPDATA',
      { platform: 'win32', home: 'C:\\Users\\ana', env: {} } as const,
      'C:\\Users\\ana\\AppData\\Roaming\\LLMLab',
    ],
    ['the variable', { ...linux, env: { LLMLAB_DATA_DIR: '/mnt/ledger' } }, '/mnt/ledger'],
    [
      'an empty variable names nothing',
      { ...linux, env: { LLMLAB_DATA_DIR: '' } },
      '/home/ana/.local/share/llmlab',
    ],
  ])('%s', (_name, environment, expected) => {
    expect(dataDirOf(environment)).toBe(expected);
  });

  it('prefers the folder asked for, made absolute', () => {
    const environment = { ...linux, env: { LLMLAB_DATA_DIR: '/mnt/ledger' } };
    expect(dataDirOf(environment, 'here')).toBe(join(process.cwd(), 'here'));
  });
});

describe('application root', () => {
  it('is the same from a bundle in any folder, past package.json files of other packages', () => {
    writeFileSync(join(dir, 'package.json'), '{"name":"llmlab","version":"9.8.7"}');
    const chunks = join(dir, 'out', 'main', 'chunks');
    mkdirSync(chunks, { recursive: true });
    writeFileSync(join(dir, 'out', 'package.json'), '{"type":"module"}');
    expect(appRoot(pathToFileURL(join(chunks, 'x.js')).href)).toEqual({ dir, version: '9.8.7' });
  });

  it('holds the resources of the ports', () => {
    const { resourcesDir, version } = nodePorts({ host: 'cli', heavyWork: 'inline', dataDir: dir });
    const manifest = JSON.parse(readFileSync(join(resourcesDir, '..', 'package.json'), 'utf8'));
    expect(manifest).toMatchObject({ name: 'llmlab', version });
  });
});

describe('settings', () => {
  const ports = () => nodePorts({ host: 'cli', heavyWork: 'inline', dataDir: dir, env: {} });

  it('come back in the next process, keys with dots as they are, removed keys gone', () => {
    ports().settings.write({ zone: 'Asia/Kolkata', 'a.b': 1, gone: true });
    ports().settings.write({ zone: 'Asia/Kolkata', 'a.b': 1 });
    expect(ports().settings.read()).toEqual({ zone: 'Asia/Kolkata', 'a.b': 1 });
    // Windows knows no modes; there the folder belongs to the person's profile.
    if (process.platform !== 'win32') expect(statSync(join(dir, 'settings.json')).mode & 0o077).toBe(0);
  });

  it('that cannot be read do not stop the start, stay for whoever only reads, and are kept by the first change', () => {
    writeFileSync(join(dir, 'settings.json'), '{"zone": "Europe/Ber');
    expect(ports().settings.read()).toEqual({});
    expect(readFileSync(join(dir, 'settings.json'), 'utf8')).toBe('{"zone": "Europe/Ber');
    ports().settings.write({ zone: 'UTC' });
    const kept = readdirSync(dir).find((name) => name.startsWith('settings.damaged-'));
    expect(readFileSync(join(dir, kept ?? ''), 'utf8')).toBe('{"zone": "Europe/Ber');
    expect(ports().settings.read()).toEqual({ zone: 'UTC' });
  });
});

describe('environment', () => {
  it('reads the zone anew, so that a machine that travels is followed', () => {
    const { environment } = nodePorts({ host: 'cli', heavyWork: 'inline', dataDir: dir });
    const before = process.env.TZ;
    try {
      process.env.TZ = 'Asia/Tokyo';
      const there = environment.zone();
      process.env.TZ = 'America/St_Johns';
      expect([there, environment.zone()]).toEqual(['Asia/Tokyo', 'America/St_Johns']);
    } finally {
      if (before === undefined) delete process.env.TZ;
      else process.env.TZ = before;
    }
  });

  it('makes nothing on disk before something is written', () => {
    const later = join(dir, 'later');
    nodePorts({ host: 'cli', heavyWork: 'inline', dataDir: later }).settings.read();
    expect(existsSync(later)).toBe(false);
  });
});
