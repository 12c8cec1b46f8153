import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataDir } from '../generate/dataset.ts';

/** The versions compared with. ccusage after 20.0.24 lacks a Linux binary; others are the newest on npm, November 2026. */
export const peerVersions = {
  ccusage: '20.0.24',
  codeburn: '0.9.15',
  '@tokscale/core': '1.4.3',
  '@duckdb/node-api': '1.5.6-r.1',
} as const;
export type PeerPackage = keyof typeof peerVersions;

export const peersDir = join(dataDir, 'peers');

function isInstalled(name: PeerPackage): boolean {
  const manifest = join(peersDir, 'node_modules', name, 'package.json');
  if (!existsSync(manifest)) return false;
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version?: string };
  return version === peerVersions[name];
}

/** Installs one peer into a folder of its own, never into the project; says why where that fails (no network). */
export function installPeer(name: PeerPackage): boolean {
  if (isInstalled(name)) return true;
  mkdirSync(peersDir, { recursive: true });
  const manifest = join(peersDir, 'package.json');
  if (!existsSync(manifest)) writeFileSync(manifest, '{"name":"bench-peers","private":true}\n');
  process.stderr.write(`installing ${name} ${peerVersions[name]} …\n`);
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const args = ['install', '--no-audit', '--no-fund', '--save-exact', `${name}@${peerVersions[name]}`];
  const { status, stderr } = spawnSync(npm, args, { cwd: peersDir, encoding: 'utf8' });
  if (status === 0 && isInstalled(name)) return true;
  process.stderr.write(
    `left out: ${name} could not be installed (${(stderr ?? '').trim().split('\n').at(-1)})\n`,
  );
  return false;
}
