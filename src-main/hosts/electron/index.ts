import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { app, dialog, protocol } from 'electron';
import { createMending } from '../../core/repair.ts';
import { dataDirOf } from '../../platform/data-dir.ts';
import { nodeEnvironment } from '../../platform/environment.ts';
import { AppError } from '../../platform/error.ts';
import { offerWaysOut } from './damaged.ts';
import { type Desktop, startDesktop } from './desktop.ts';
import { readLaunch, type Wish } from './launch.ts';
import { appSchemePrivileges } from './protocol.ts';
import { hardenContents } from './security.ts';

// Both must come before the app is ready.
app.enableSandbox();
protocol.registerSchemesAsPrivileged([appSchemePrivileges]);
hardenContents(app);

/** A packaged program is started by itself, an unpackaged one by Electron with the folder as its argument. */
const ownArgumentsAt = app.isPackaged ? 1 : 2;
const launch = readLaunch(process.argv.slice(ownArgumentsAt), process.cwd());
const dataDir = dataDirOf(nodeEnvironment(), launch.dataDir);
// The browser's own profile lies with the ledger, so that two data folders are two apps and one is one.
// Electron does not make the folder.
const profileDir = join(dataDir, 'desktop');
mkdirSync(profileDir, { recursive: true, mode: 0o700 });
app.setPath('userData', profileDir);

if (app.requestSingleInstanceLock()) run();
else app.quit();

function run(): void {
  const started = app.whenReady().then(startOrMend);
  const receive = (wish: Wish) =>
    void started.then(
      (desktop: Desktop) => desktop.receive(wish),
      () => {},
    );
  app.on('second-instance', (_event, argv, cwd) => receive(readLaunch(argv.slice(ownArgumentsAt), cwd)));
  app.on('open-file', (event, path) => {
    event.preventDefault();
    receive({ files: [path], link: null });
  });
  app.on('open-url', (event, link) => {
    event.preventDefault();
    receive({ files: [], link });
  });
  receive(launch);
  started.catch(giveUp);
}

/** Starts; on a damaged ledger once more, after the person chose a way out of it. */
async function startOrMend(): Promise<Desktop> {
  try {
    return await startDesktop(dataDir);
  } catch (error) {
    const mending = createMending({ dataDir, clock: { now: Date.now } });
    const isMended = await offerWaysOut(error, mending, (options) => dialog.showMessageBox(options));
    if (isMended) return startDesktop(dataDir);
    app.exit(1);
    // The process ends here: whoever chose to quit is told nothing more.
    return new Promise(() => undefined);
  }
}

/** Nothing was opened, so nothing can be lost: say why and end. */
function giveUp(error: unknown): void {
  const isExpected = error instanceof AppError && error.code !== 'INTERNAL';
  const why = isExpected
    ? error.message
    : `Something went wrong: ${error instanceof Error ? error.stack : error}`;
  dialog.showErrorBox('LLMLab cannot start', why);
  app.exit(1);
}
