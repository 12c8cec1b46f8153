import { aptInstall, onPath } from './apt.mjs';

/** Installs the LibreOffice that exports are opened in, where a machine tests by itself. On a person's it is used if it is there. */
export async function ensureOffice() {
  if (process.platform !== 'linux' || !process.env.CI) return;
  if (process.env.LLMLAB_SOFFICE || onPath('soffice') !== null) return;
  await aptInstall('LibreOffice', ['libreoffice-calc-nogui']);
}
