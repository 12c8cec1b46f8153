import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { firstMissing } from './bootstrap.mjs';
import { sourceStamp } from './build.mjs';
import { inRoot } from './root.mjs';
import { run } from './run.mjs';

let dir;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'llmlab-scripts-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

describe('packages are installed again', () => {
  const wanted = {
    '': { version: '0.1.0' },
    'node_modules/zod': { version: '4.0.0' },
    'node_modules/for-mac': { version: '1.0.0', optional: true, os: ['darwin'] },
  };
  const zod = { 'node_modules/zod': { version: '4.0.0' } };

  it.each([
    ['not when all are there', zod, null],
    ['when one is missing', {}, 'zod'],
    ['when one has another version', { 'node_modules/zod': { version: '3.9.0' } }, 'zod'],
    ['when an optional one is old', { ...zod, 'node_modules/for-mac': { version: '0.9.0' } }, 'for-mac'],
  ])('%s', (_when, installed, missing) => {
    expect(firstMissing(wanted, installed)).toBe(missing);
  });
});

describe('a build is old', () => {
  const write = (path, text) => {
    mkdirSync(join(dir, path, '..'), { recursive: true });
    writeFileSync(join(dir, path), text);
    utimesSync(join(dir, path), 1_000, 1_000 + text.length);
  };

  it('when a source changed, came or went, and not for a test', () => {
    write('src-main/core/index.ts', 'a');
    const first = sourceStamp(dir);
    write('src-main/core/index.test.ts', 'a');
    write('src-main/testing/x.ts', 'a');
    expect(sourceStamp(dir)).toBe(first);
    write('src-main/core/index.ts', 'ab');
    const changed = sourceStamp(dir);
    write('src-renderer/app.tsx', 'a');
    const came = sourceStamp(dir);
    rmSync(join(dir, 'src-main'), { recursive: true });
    expect(new Set([first, changed, came, sourceStamp(dir)]).size).toBe(4);
  });
});

describe('a command that is run', () => {
  const node = (script) => run(process.execPath, ['-e', script], { stdio: 'ignore' });

  it('hands its exit code on', async () => {
    expect(await node('process.exit(3)')).toBe(3);
  });

  // Windows has no signals.
  it.skipIf(process.platform === 'win32')('hands on the signal that ended it', async () => {
    expect(await node('process.kill(process.pid, "SIGTERM")')).toBe(143);
  });

  it('that is not there is 127, as in a shell', async () => {
    expect(await run(join(dir, 'nothing'), [], { stdio: 'ignore' })).toBe(127);
  });
});

describe('the installed command', () => {
  const oldNode =
    'data:text/javascript,Object.defineProperty(process,"versions",{value:{...process.versions,node:"20.1.0"}})';
  const start = (...nodeArgs) => {
    mkdirSync(join(dir, 'bin'), { recursive: true });
    copyFileSync(inRoot('bin', 'llmlab.mjs'), join(dir, 'bin', 'llmlab.mjs'));
    const args = [...nodeArgs, join(dir, 'bin', 'llmlab.mjs'), 'report', '--json'];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    return { status, stdout, stderr };
  };
  const build = () => {
    mkdirSync(join(dir, 'out', 'main'), { recursive: true });
    writeFileSync(
      join(dir, 'out', 'main', 'cli.js'),
      'console.log(process.argv.slice(2).join(" ")); process.exitCode = 4;',
    );
  };

  it('runs the built one and hands its exit code on', () => {
    build();
    expect(start()).toMatchObject({ status: 4, stdout: 'report --json\n' });
  });

  it('refuses an older Node in one line', () => {
    build();
    expect(start('--import', oldNode)).toEqual({
      status: 1,
      stdout: '',
      stderr: 'LLMLab needs Node 24 or newer; this is Node 20.1.0.\n',
    });
  });

  it('takes its own Node where there is one', () => {
    build();
    mkdirSync(join(dir, 'node_modules', 'node', 'bin'), { recursive: true });
    const name = process.platform === 'win32' ? 'node.exe' : 'node';
    copyFileSync(process.execPath, join(dir, 'node_modules', 'node', 'bin', name));
    expect(start('--import', oldNode)).toMatchObject({ status: 4, stdout: 'report --json\n' });
  });

  it('says so when nothing is built', () => {
    expect(start()).toMatchObject({ status: 1, stdout: '' });
  });
});
