import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { conforms } from '../testing/conformance.ts';
import { samplesDir } from '../testing/core.ts';
import { foldRecords, kindsOf, readWhole, recordsOf } from '../testing/read-log.ts';
import { zerostack } from './zerostack.ts';

conforms(zerostack, {
  'zerostack_session.json': { accepted: 1, tokens: { input: 41_000, output: 1900 } },
});

const sample = JSON.parse(readFileSync(join(samplesDir, 'zerostack_session.json'), 'utf8'));
const read = (session: object) => recordsOf(readWhole(zerostack, { ...sample, ...session }, 's.json'));

describe('a session', () => {
  it('that goes on counts its totals once, and is no single call', () => {
    const grown = { updated_at: '2026-07-02T10:00:00Z', total_output_tokens: 2500 };
    expect(foldRecords(zerostack, [...read(grown), ...read({})])).toMatchObject([
      {
        key: sample.id,
        at: Date.UTC(2026, 6, 1, 10, 20),
        requests: 0,
        provider: 'openrouter',
        project: 'shop',
        tokens: { input: 41_000, output: 2500 },
      },
    ]);
  });

  it('without totals is passed over', () => {
    expect(kindsOf(readWhole(zerostack, { id: 'a', messages: [] }, 's.json'))).toEqual(['skip']);
  });
});

describe('places', () => {
  it('are its data folder on each system, or the one a variable names', () => {
    const at = (platform: 'linux' | 'darwin', env: Record<string, string>) =>
      zerostack.locations({ platform, home: '/h', env }).map(({ path }) => path);
    expect(at('linux', {})).toEqual(['/h/.local/share/zerostack/sessions']);
    expect(at('darwin', {})).toContain('/h/Library/Application Support/zerostack/sessions');
    expect(at('linux', { ZS_DATA_DIR: '/x' })).toEqual(['/x/sessions']);
  });
});
