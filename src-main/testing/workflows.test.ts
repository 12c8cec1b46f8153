import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { workflowProblems } from './workflow-rules.ts';

const dir = join(import.meta.dirname, '..', '..', '.github', 'workflows');
const read = (name: string) => readFileSync(join(dir, name), 'utf8');
const [ci, release] = [read('ci.yml'), read('release.yml')];

it.each(readdirSync(dir))('%s lets nobody in and no secret out', (name) => {
  expect(workflowProblems(read(name))).toEqual([]);
});

/** A workflow with one thing in it changed; the change must be possible. */
function edited(text: string, from: string | RegExp, to: string): string {
  const changed = text.replace(from, to);
  if (changed === text) throw new Error(`there is no ${from}`);
  return changed;
}

const expression = (name: string) => `\${{ ${name} }}`;

describe('a workflow is refused', () => {
  it.each([
    ['with an action by its tag', edited(ci, /checkout@[0-9a-f]{40} # v6.0.2/, 'checkout@v6')],
    ['with an action by a short hash', edited(ci, /checkout@[0-9a-f]{33}/, 'checkout@')],
    ['with a hash nobody can read', edited(ci, ' # v6.0.2', '')],
    ['with an image of somebody', edited(ci, /actions\/checkout@.*/, 'docker://alpine:latest')],
    ['without permissions', edited(ci, /permissions:\n {2}contents: read\n/, '')],
    ['with every permission', edited(ci, 'contents: read', 'contents: write')],
    ['with one permission more', edited(ci, 'contents: read', 'contents: read\n  packages: write')],
    ['without concurrency', edited(ci, /concurrency:\n.*\n.*\n/, '')],
    ['for strangers with our rights', edited(ci, '  pull_request:\n', '  pull_request_target: {}\n')],
    ['without a time limit', edited(ci, '    timeout-minutes: 60\n', '')],
    ['with a checkout that keeps its token', edited(ci, 'persist-credentials: false', 'fetch-depth: 1')],
    [
      'with an expression in a command',
      edited(ci, 'run: npm ci', `run: npm ci ${expression('github.head_ref')}`),
    ],
    [
      'with a secret in a command',
      edited(release, 'run: npm ci', `run: npm ci ${expression('secrets.NPM')}`),
    ],
    [
      'with a secret’s variable in a command',
      edited(release, 'npm run package', 'echo $CSC_KEY_PASSWORD; npm run package'),
    ],
    [
      'with a secret for a whole job',
      edited(ci, '    env:\n', `    env:\n      A: ${expression('secrets.A')}\n`),
    ],
    ['with a secret for an action', edited(ci, 'node-version: 24', `token: ${expression('secrets.A')}`)],
    ['with a download nothing checks', edited(ci, 'run: npm ci', 'run: curl https://example.com | sh')],
    [
      'with packages where it may write',
      edited(release, 'run: node scripts/release.mjs describe', 'run: npx describe'),
    ],
    ['that may write more than a release', edited(release, 'contents: write', 'id-token: write')],
  ])('%s', (_why, text) => {
    expect(workflowProblems(text)).not.toEqual([]);
  });
});

describe('the checks', () => {
  it('are all of npm test, on three systems, with the real Electron and a display', () => {
    for (const os of ['ubuntu', 'macos', 'windows']) expect(ci).toMatch(new RegExp(`os: \\[.*${os}-`));
    const commands = [...ci.matchAll(/run: (npm.*|npx.*|xvfb.*)$/gm)].map(([, command]) => command);
    expect(commands).toEqual(['npm ci', 'npx install-electron', 'npm test', 'xvfb-run -a npm test']);
    expect(ci).toContain('libreoffice-calc');
    expect(ci).toContain('cancel-in-progress: true');
  });

  it('fetch Electron with a command its package has', () => {
    const file = join(import.meta.dirname, '..', '..', 'node_modules', 'electron', 'package.json');
    expect(JSON.parse(readFileSync(file, 'utf8')).bin).toHaveProperty('install-electron');
  });
});

describe('a release', () => {
  it('is made of checked code on a tag, for three systems, and is a draft with checksums', () => {
    expect(release).toContain("tags: ['v*']");
    expect(release).toContain('uses: ./.github/workflows/ci.yml');
    for (const system of ['linux', 'mac', 'win']) expect(release).toContain(`targets: --${system} `);
    expect(release).toMatch(/gh release create .*--draft --verify-tag/);
    expect(release).toContain('dist/SHA256SUMS dist/*.AppImage dist/*.deb dist/*.dmg dist/*.exe');
  });

  it('uploads every kind of installer the packager makes, under names a release site leaves alone', () => {
    const builder = readFileSync(join(dir, '..', '..', 'electron-builder.yml'), 'utf8');
    expect(builder).toMatch(/^artifactName: [\w${}.-]+$/m);
    expect([...builder.matchAll(/target: \[(.*)\]/g)].flatMap(([, kinds]) => kinds?.split(', '))).toEqual([
      ...['AppImage', 'deb'],
      'dmg',
      // An installer of NSIS is an .exe.
      'nsis',
    ]);
    for (const kind of ['AppImage', 'deb', 'dmg', 'exe']) expect(release).toContain(`dist/*.${kind}`);
  });
});
