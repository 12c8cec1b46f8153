import { AppError } from '../platform/error.ts';
import { connectionById } from '../store/connections.ts';
import type { Handlers, Namespace } from './context.ts';

export const syncHandlers: Handlers<Namespace<'sync'>> = {
  'sync.run': async (input, context) => {
    if (input.connectionId !== undefined && connectionById(context.db(), input.connectionId) === undefined)
      throw new AppError('NOT_FOUND', 'That connection is gone.');
    const results = await context.sync.run(input);
    return {
      results: results.map(({ connection, ...result }) => ({
        connectionId: connection.id,
        connection: connection.name,
        provider: connection.provider,
        ...result,
      })),
    };
  },
};
