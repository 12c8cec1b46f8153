import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLog, writeToFile } from './log.ts';

const clock = { now: () => Date.UTC(2026, 6, 1, 10) };

function linesOf(use: (log: ReturnType<typeof createLog>) => void): string {
  let text = '';
  use(
    createLog(clock, (line) => {
      text += line;
    }),
  );
  return text;
}

describe('log lines', () => {
  it('are one line per event with time, level, message and facts', () => {
    expect(linesOf((log) => log.warn('two\nlines', { rows: 3, why: 'a\nb' }))).toBe(
      '2026-07-01T10:00:00.000Z warn two lines {"rows":3,"why":"a\\nb"}\n',
    );
  });

  it('keep what an error says, its cause included', () => {
    const line = linesOf((log) =>
      log.error('failed', { error: new Error('outer', { cause: new Error('inner') }) }),
    );
    expect(line).toContain('"message":"outer"');
    expect(line).toContain('"message":"inner"');
  });

  it('end at values that hold themselves', () => {
    const loop: Record<string, unknown> = {};
    loop.self = loop;
    expect(linesOf((log) => log.info('loop', loop))).toContain('…');
  });
});

describe('secrets', () => {
  const secrets = [
    'sk-ant-api03-abcdefghijklmnop',
    'sk-proj-ABCDEFGHIJKLMNOP1234',
    'AIzaSyA1234567890abcdefghijk',
    'ghp_abcdefghijklmnopqrstuvwxyz0123456789',
    'xoxb-1234567890-abcdef',
    'AKIAIOSFODNN7EXAMPLE',
    'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl',
  ];

  it.each(secrets)('never reach the log: %s', (secret) => {
    const line = linesOf((log) =>
      log.error(`key ${secret} refused`, {
        nested: [{ note: `x ${secret}.` }],
        error: new Error(`bad ${secret}`),
      }),
    );
    expect(line).not.toContain(secret);
    expect(line).toContain('[redacted]');
  });

  it('in URLs are cut with the query, the fragment and the login', () => {
    const line = linesOf((log) =>
      log.info('open http://127.0.0.1:4747/#t=hunter2 and https://bob:pw1@x.test/a?key=pw2'),
    );
    expect(line).toContain('http://127.0.0.1:4747/');
    expect(line).not.toMatch(/hunter2|pw1|pw2/);
  });

  it('are hidden by the name of the fact, whatever they look like; counts of tokens stay', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-zA-Z0-9]{8,40}$/), (value) => {
        const line = linesOf((log) =>
          log.info('call', { apiKey: value, 'x-llmlab-token': value, Authorization: value }),
        );
        expect(line.replace('2026-07-01T10:00:00.000Z', '')).not.toContain(value);
      }),
    );
    expect(linesOf((log) => log.info('call', { tokens: 12 }))).toContain('"tokens":12');
  });
});

describe('log file', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'llmlab-log-'));
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  it('is turned over when full and keeps a fixed number of older ones', () => {
    const write = writeToFile({ path: join(dir, 'logs', 'a.log'), maxBytes: 20, keep: 2 });
    for (const n of [1, 2, 3, 4, 5]) write(`line number ${n}\n`);
    expect(readdirSync(join(dir, 'logs')).sort()).toEqual(['a.log', 'a.log.1', 'a.log.2']);
    expect(readFileSync(join(dir, 'logs', 'a.log'), 'utf8')).toBe('line number 5\n');
    expect(readFileSync(join(dir, 'logs', 'a.log.2'), 'utf8')).toBe('line number 3\n');
  });

  it('that cannot be written does not stop the work that logs', () => {
    writeFileSync(join(dir, 'taken'), '');
    const write = writeToFile({ path: join(dir, 'taken', 'a.log') });
    expect(() => write('x\n')).not.toThrow();
  });
});
