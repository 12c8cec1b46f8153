import { AppError } from '../platform/error.ts';
import type { Handlers, Namespace } from './context.ts';

function notYet(): never {
  throw new AppError('UNSUPPORTED', 'Not built yet.');
}

export const callsHandlers: Handlers<Namespace<'models'> | Namespace<'calls'>> = {
  'models.list': () => notYet(),
  'models.refresh': () => notYet(),
  'calls.ask': () => notYet(),
  'calls.cancel': () => notYet(),
};
