import { describe, expect, it } from 'vitest';
import type { LogFolder } from '../importers/pipeline/log-files.ts';
import { fileTrouble, folderTrouble } from './log-trouble.ts';

const folder = (path: string, given: Partial<LogFolder> = {}): LogFolder => ({
  ...{ path, why: 'default', found: true, files: 1, bytes: 1, error: null },
  ...given,
});
const trouble = (folders: readonly LogFolder[], read: readonly string[] = []) =>
  folderTrouble({ folders, files: [], trees: [], elsewhere: [] }, read);

describe('what keeps logs from being read', () => {
  it('is nothing for folders that are there, or that never held what was read', () => {
    expect(trouble([folder('/a'), folder('/b', { found: false })], ['/a/1.jsonl'])).toBeNull();
    expect(trouble([folder('/a', { found: false })], ['/ab/1.jsonl'])).toBeNull();
  });

  it('is a folder that may not be read: what was kept, and what to do', () => {
    const said = trouble([folder('/a', { error: '/a/x cannot be read (EACCES)' })]);
    expect(said).toMatch(/^\/a\/x cannot be read \(EACCES\)\. What was read stays\. .*right to read it/);
    expect(trouble([folder('/a', { error: '/a cannot be read (ELOOP)' })])).toMatch(/remove that link/);
    expect(trouble([folder('/a', { error: '/a cannot be read (EIO)' })])).toMatch(/connected/);
  });

  it('is a file that may not be read: named once, and what to do', () => {
    const said = fileTrouble({ file: '/a/1.jsonl', reason: '"/a/1.jsonl" cannot be read (EACCES). Later.' });
    expect(said).toMatch(/^"\/a\/1\.jsonl" cannot be read \(EACCES\)\. Later\. .*right to read it/);
    expect(fileTrouble({ file: '/a/1.db', reason: 'It is damaged.' })).toBe('/a/1.db: It is damaged.');
  });

  it('is a folder that is gone: one the user named always, a default one when no other is there', () => {
    const gone = folder('/drive', { found: false, why: 'added' });
    expect(trouble([folder('/a'), gone], ['/drive/x/1.jsonl'])).toMatch(
      /^\/drive is gone; what was read stays/,
    );
    const old = folder('/old', { found: false });
    expect(trouble([folder('/new'), old], ['/old/1.jsonl'])).toBeNull();
    expect(trouble([old], ['/old/1.jsonl'])).toMatch(/^\/old is gone/);
  });
});
