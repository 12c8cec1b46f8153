import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { main } from './bootstrap.mjs';
import { inRoot, isMain } from './root.mjs';

const installer = /\.(AppImage|deb|dmg|exe)$/;

/** Why a tag is not the tag of this version; null when it is. */
export function wrongTag(tag, version) {
  return tag === `v${version}`
    ? null
    : `the tag is ${tag}, and package.json says ${version}: expected v${version}`;
}

/** The installers of a folder as `sha256sum --check` reads them. */
export function checksums(dir) {
  const files = readdirSync(dir).filter((name) => installer.test(name));
  if (files.length === 0) throw new Error(`there are no installers in ${dir}`);
  return files
    .sort()
    .map(
      (name) =>
        `${createHash('sha256')
          .update(readFileSync(join(dir, name)))
          .digest('hex')}  ${name}\n`,
    )
    .join('');
}

/**
 * The text of a release: what changed, and what each system will say to its installer.
 * @param {string} changelog CHANGELOG.md: the version's own section, or what is unreleased.
 * @param {{ platform: string, isSigned: boolean, isNotarised: boolean }[]} signings as the builds wrote them.
 */
export function releaseNotes(version, changelog, signings) {
  const changes = sectionOf(changelog, version) ?? sectionOf(changelog, 'Unreleased');
  if (changes === null) throw new Error(`CHANGELOG.md says nothing about ${version}`);
  const said = Object.keys(systems).map((platform) => {
    const found = signings.find((signing) => signing.platform === platform);
    if (!found) throw new Error(`nothing tells whether the installers for ${platform} are signed`);
    return `- ${systems[platform](found)}`;
  });
  const check = 'Check a download against SHA256SUMS: `sha256sum --check --ignore-missing SHA256SUMS`.';
  return [changes, '## Installers', said.join('\n'), check].join('\n\n').concat('\n');
}

const systems = {
  linux: () => 'Linux: AppImage and deb, not signed. Check them against SHA256SUMS.',
  darwin: ({ isSigned, isNotarised }) =>
    isNotarised
      ? 'macOS: signed and notarised.'
      : `macOS: ${isSigned ? 'signed, not notarised' : '**not signed**'}. The first start has to be allowed under System Settings, Privacy & Security.`,
  win32: ({ isSigned }) =>
    isSigned
      ? 'Windows: signed.'
      : 'Windows: **not signed**. SmartScreen warns: More info, Run anyway, once the checksum is right.',
};

function sectionOf(changelog, title) {
  const lines = changelog.split(/\r?\n/);
  const start = lines.findIndex((line) => line === `## ${title}` || line.startsWith(`## ${title} `));
  if (start < 0) return null;
  const length = lines.slice(start + 1).findIndex((line) => line.startsWith('## '));
  const section = lines.slice(start + 1, length < 0 ? undefined : start + 1 + length);
  return section.join('\n').trim() || null;
}

function describe(version) {
  const dir = inRoot('dist');
  const signings = readdirSync(dir)
    .filter((name) => /^signing-\w+\.json$/.test(name))
    .map((name) => JSON.parse(readFileSync(join(dir, name), 'utf8')));
  writeFileSync(join(dir, 'SHA256SUMS'), checksums(dir));
  const changelog = readFileSync(inRoot('CHANGELOG.md'), 'utf8');
  writeFileSync(join(dir, 'NOTES.md'), releaseNotes(version, changelog, signings));
}

/** `node scripts/release.mjs check|describe TAG`: needs no package, so a job can run it before or without installing. */
if (isMain(import.meta.url))
  await main(([command, tag]) => {
    const { version } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
    const why = wrongTag(tag, version);
    if (why) throw new Error(why);
    if (command === 'describe') describe(version);
    else if (command !== 'check') throw new Error(`no such command: ${command}`);
  });
