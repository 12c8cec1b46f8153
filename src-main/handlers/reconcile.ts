import { AppError } from '../platform/error.ts';
import type { Handlers, Namespace } from './context.ts';

function notYet(): never {
  throw new AppError('UNSUPPORTED', 'Not built yet.');
}

export const reconcileHandlers: Handlers<Namespace<'reconcile'> | Namespace<'plans'>> = {
  'reconcile.months': () => notYet(),
  'reconcile.month': () => notYet(),
  'reconcile.choose': () => notYet(),
  'plans.compare': () => notYet(),
};
