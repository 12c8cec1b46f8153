import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checksums, releaseNotes, wrongTag } from './release.mjs';
import { signing } from './signing.mjs';

let dir;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'llmlab-release-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

it.each([
  ['v1.2.3', null],
  ['1.2.3', 'the tag is 1.2.3, and package.json says 1.2.3: expected v1.2.3'],
  ['v1.2.4', 'the tag is v1.2.4, and package.json says 1.2.3: expected v1.2.3'],
  [undefined, 'the tag is undefined, and package.json says 1.2.3: expected v1.2.3'],
])('the tag of version 1.2.3 is not %s, with the reason', (tag, why) => {
  expect(wrongTag(tag, '1.2.3')).toBe(why);
});

describe('checksums', () => {
  it('name every installer and nothing else', () => {
    for (const name of ['b.dmg', 'a.AppImage', 'c.exe', 'd.deb', 'signing-linux.json', 'latest.yml'])
      writeFileSync(join(dir, name), 'abc');
    const abc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
    expect(checksums(dir)).toBe(`${abc}  a.AppImage\n${abc}  b.dmg\n${abc}  c.exe\n${abc}  d.deb\n`);
  });

  it.runIf(process.platform === 'linux')('are read by the system’s own tool', () => {
    writeFileSync(join(dir, 'a.deb'), 'abc');
    writeFileSync(join(dir, 'SHA256SUMS'), checksums(dir));
    const said = execFileSync('sha256sum', ['--check', '--ignore-missing', 'SHA256SUMS'], { cwd: dir });
    expect(said.toString()).toBe('a.deb: OK\n');
  });

  it('of nothing are a mistake', () => {
    expect(() => checksums(dir)).toThrow('there are no installers');
  });
});

describe('notes', () => {
  const changelog = '# Changes\n\n## Unreleased\n\n- new\n\n## 1.1.0 (2026-11-01)\n\n- old\n';
  const facts = (isSigned, isNotarised = isSigned) =>
    ['linux', 'darwin', 'win32'].map((platform) => ({ platform, isSigned, isNotarised }));

  it('take the section of the version, else what is unreleased', () => {
    expect(releaseNotes('1.1.0', changelog, facts(true))).toMatch(/^- old\n/);
    expect(releaseNotes('1.2.0', changelog, facts(true))).toMatch(/^- new\n/);
    expect(() => releaseNotes('1.2.0', '# Changes\n', facts(true))).toThrow('says nothing about 1.2.0');
  });

  it('say what is signed and what is not', () => {
    const signed = releaseNotes('1.1.0', changelog, facts(true));
    expect(signed).toContain('macOS: signed and notarised.');
    expect(signed).toContain('Windows: signed.');
    const unsigned = releaseNotes('1.1.0', changelog, facts(false));
    expect(unsigned).toContain('macOS: **not signed**.');
    expect(unsigned).toContain('Windows: **not signed**.');
    expect(releaseNotes('1.1.0', changelog, facts(true, false))).toContain('macOS: signed, not notarised.');
    // Nothing is claimed of a build that told nothing.
    expect(() => releaseNotes('1.1.0', changelog, facts(true).slice(1))).toThrow('for linux');
  });
});

describe('installers are signed', () => {
  const mac = { CSC_LINK: 'x', CSC_KEY_PASSWORD: 'y' };
  const apple = { APPLE_ID: 'a', APPLE_APP_SPECIFIC_PASSWORD: 'b', APPLE_TEAM_ID: 'c' };
  const windows = { WIN_CSC_LINK: 'x', WIN_CSC_KEY_PASSWORD: 'y' };

  it('with a certificate that is all there', () => {
    expect(signing({ ...mac, ...apple }, 'darwin')).toEqual({
      ...{ isSigned: true, isNotarised: true, env: {}, args: [] },
    });
    expect(signing(windows, 'win32')).toEqual({ isSigned: true, isNotarised: false, env: {}, args: [] });
  });

  it('not by an empty secret, which is taken out of the packager’s way', () => {
    const empty = signing({ CSC_LINK: '', CSC_KEY_PASSWORD: ' ', ...apple }, 'darwin');
    expect(empty).toMatchObject({ isSigned: false, isNotarised: false });
    expect(Object.keys(empty.env)).toEqual([...Object.keys(mac), ...Object.keys(apple)]);
    expect(empty.args).toEqual(['-c.mac.identity=-', '-c.mac.hardenedRuntime=false']);
    expect(signing({ WIN_CSC_LINK: '' }, 'win32')).toEqual({
      ...{ isSigned: false, isNotarised: false, args: [] },
      env: { WIN_CSC_LINK: undefined, WIN_CSC_KEY_PASSWORD: undefined },
    });
  });

  it('and not notarised without Apple’s account', () => {
    expect(signing({ ...mac, ...apple, APPLE_TEAM_ID: '' }, 'darwin')).toMatchObject({
      isSigned: true,
      isNotarised: false,
      args: [],
    });
  });

  it('never on Linux, whatever is set', () => {
    expect(signing({ ...mac, ...windows }, 'linux').isSigned).toBe(false);
  });
});
