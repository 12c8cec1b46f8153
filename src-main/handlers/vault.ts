import { AppError } from '../platform/error.ts';
import type { Handlers, Namespace } from './context.ts';

function notYet(): never {
  throw new AppError('UNSUPPORTED', 'Not built yet.');
}

export const vaultHandlers: Handlers<Namespace<'vault'> | Namespace<'audit'>> = {
  'vault.status': () => notYet(),
  'vault.unlock': () => notYet(),
  'vault.lock': () => notYet(),
  'vault.setPassphrase': () => notYet(),
  'vault.rotate': () => notYet(),
  'vault.export': () => notYet(),
  'vault.import': () => notYet(),
  'audit.list': () => notYet(),
  'audit.verify': () => notYet(),
};
