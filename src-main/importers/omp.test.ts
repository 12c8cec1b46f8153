import { describe, expect, it } from 'vitest';
import type { LogImporter } from '../platform/importer.ts';
import { samplesDir } from '../testing/core.ts';
import { foldRecords, readLog, recordsOf, sumTokens } from '../testing/read-log.ts';
import { omp } from './omp.ts';
import { pi } from './pi.ts';

const sample = `${samplesDir}/pi_session.jsonl`;

describe('a session', () => {
  it('of the shared lines is read to the same totals, also in the folder of a parent', () => {
    const records = recordsOf(readLog(omp, sample, { relativePath: '--home--/parent/child.jsonl' }).lines);
    expect(sumTokens(records)).toEqual({ input: 1200, output: 180, cacheRead: 1000, cacheWriteUnknown: 400 });
    expect(omp.fileKind('--home--/parent/child.jsonl')).toBe('lines');
    expect(foldRecords(omp, [...records, ...records])).toHaveLength(2);
  });

  it('that is dropped is of the tool that writes the same, whose keys it shares', () => {
    const importer: LogImporter = omp;
    expect(importer.recognises('{"type":"session","id":"a","timestamp":"t","cwd":"/"}')).toBe(false);
    expect(omp.keySpace).toBe(pi.keySpace);
  });

  it('lies below the home folder', () => {
    expect(omp.locations({ platform: 'linux', home: '/home/a', env: {} })).toEqual([
      { path: '/home/a/.omp/agent/sessions', why: 'default' },
    ]);
  });
});
