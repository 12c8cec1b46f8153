import { join } from 'node:path';
import type { BrowserContext } from '@playwright/test';
import { findElectron } from '../../scripts/electron-binary.mjs';
import { type Box, repository } from '../box.ts';
import type { DesktopApp } from './desktop-app.ts';
import { startReal } from './real-app.ts';
import { startStandIn } from './stand-in-app.ts';

const electron = findElectron();
export const runsOn = electron ? `Electron at ${electron}` : 'the stand-in: Electron’s program is not here';

/** Starts the built desktop app on a box: on the real Electron where its program is, else on the stand-in. */
export async function startDesktop(
  context: BrowserContext,
  box: Box,
  args: readonly string[] = [],
): Promise<DesktopApp> {
  const samples = join(repository, 'src-main', 'testing', 'fixtures', 'samples');
  const start = { args, env: box.env, cwd: box.home, files: [box.home, samples] };
  return electron ? startReal(electron, start) : startStandIn(context, start);
}
