import { balanceChanges } from '../jobs/sync/balance-spend.ts';
import { AppError } from '../platform/error.ts';
import { balanceSeries } from '../store/balances.ts';
import { connectionById } from '../store/connections.ts';
import { toBalance } from './connection-output.ts';
import type { Handlers, Namespace } from './context.ts';

export const balancesHandlers: Handlers<Namespace<'balances'>> = {
  'balances.series': ({ connectionId }, context) => {
    if (connectionById(context.db(), connectionId) === undefined)
      throw new AppError('NOT_FOUND', 'That connection is gone.');
    const series = balanceSeries(context.db(), connectionId);
    return { series: series.map(toBalance(context)), changes: [...balanceChanges(series)] };
  },
};
