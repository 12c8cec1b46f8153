import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { conforms } from '../testing/conformance.ts';
import { samplesDir, startTestCore } from '../testing/core.ts';
import { clineCli } from './cline-cli.ts';

const tokens = { input: 18, output: 430, cacheRead: 9000, cacheWriteUnknown: 9400 };
conforms(clineCli, {
  'cline_cli_messages.json': {
    accepted: 2,
    requests: 2,
    usd: '0.044454',
    tokens,
    as: 's-1.messages.json',
  },
});

describe('a session as it lies on disk', () => {
  const { session, messages } = JSON.parse(readFileSync(join(samplesDir, 'cline_cli_messages.json'), 'utf8'));

  it.each([
    ['a list', messages],
    ['a list with a name', { version: 1, messages }],
  ])('counts its messages in %s and not the sums beside them', async (_, content) => {
    await using t = await startTestCore();
    const folder = join(t.home, '.cline/data/sessions/s-1');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 's-1.json'), JSON.stringify(session));
    writeFileSync(join(folder, 's-1.messages.json'), JSON.stringify(content));
    await t.call('scan.run', { tools: ['cline-cli'] });
    const { totals, rows } = await t.call('report.run', { by: ['project'], filters: {} });
    expect(totals).toMatchObject({ tokens, requests: 2, cashNanoUsd: 44_454_000 });
    expect(JSON.stringify(rows)).toContain('shop');
    // The whole sample dropped on the window is the same session.
    const file = { path: join(samplesDir, 'cline_cli_messages.json') };
    expect((await t.call('imports.commit', { file })).files[0]?.counts).toMatchObject({
      accepted: 0,
      duplicate: 2,
    });
  });
});

describe('places', () => {
  it('are the shared data folder or where a variable says', () => {
    const at = (env: Record<string, string>) =>
      clineCli.locations({ platform: 'linux', home: '/home/a', env })[0];
    expect(at({})).toEqual({ path: '/home/a/.cline/data/sessions', why: 'default' });
    expect(at({ CLINE_DIR: '/c' })?.path).toBe('/c/data/sessions');
    expect(at({ CLINE_DIR: '/c', CLINE_DATA_DIR: '/d' })?.path).toBe('/d/sessions');
    expect(at({ CLINE_DATA_DIR: '/d', CLINE_SESSION_DATA_DIR: '/s' })?.path).toBe('/s');
  });

  it('hold messages; what sums a session up is none', () => {
    expect(clineCli.fileKind('s-1/s-1.messages.json')).toBe('document');
    expect(clineCli.fileKind('s-1/s-1.json')).toBeNull();
  });
});
