import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readLaunch } from './launch.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'llmlab-launch-'));
  writeFileSync(join(dir, 'a.csv'), 'x');
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

it('takes files from where the person is, and passes over what Chromium adds', () => {
  const args = [
    '--allow-file-access-from-files',
    '--original-process-start-time=1',
    'a.csv',
    'gone.csv',
    '.',
  ];
  expect(readLaunch(args, dir)).toEqual({
    dataDir: undefined,
    files: [join(dir, 'a.csv')],
    link: null,
    isHidden: false,
  });
});

it.each([[['--data-dir', 'a.csv']], [['--data-dir=a.csv']]])(
  'does not take the data folder for a file: %j',
  (args) => {
    expect(readLaunch(args, dir)).toMatchObject({ dataDir: 'a.csv', files: [] });
  },
);

it('knows a link and a start at login', () => {
  expect(readLaunch(['--hidden', 'llmlab://sources'], dir)).toMatchObject({
    link: 'llmlab://sources',
    isHidden: true,
    files: [],
  });
});
