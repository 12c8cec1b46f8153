import { AppError } from '../platform/error.ts';
import type { Handlers, Namespace } from './context.ts';

function notYet(): never {
  throw new AppError('UNSUPPORTED', 'Not built yet.');
}

export const connectionsHandlers: Handlers<
  | Namespace<'providers'>
  | Namespace<'connections'>
  | Namespace<'sync'>
  | Namespace<'balances'>
  | Namespace<'health'>
> = {
  'providers.list': () => notYet(),
  'connections.list': () => notYet(),
  'connections.save': () => notYet(),
  'connections.remove': () => notYet(),
  'connections.test': () => notYet(),
  'connections.offers': () => notYet(),
  'connections.adopt': () => notYet(),
  'connections.pause': () => notYet(),
  'connections.setInterval': () => notYet(),
  'sync.run': () => notYet(),
  'balances.series': () => notYet(),
  'health.list': () => notYet(),
};
