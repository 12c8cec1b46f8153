import type { Cell } from '../generate/truth.ts';
import type { BenchCore } from './core.ts';

/** Every cell of the ledger by day and model, as a person sees it. */
export async function cellsOf({ call }: Pick<BenchCore, 'call'>): Promise<Readonly<Record<string, Cell>>> {
  const { rows } = await call('report.run', { by: ['day', 'model'], filters: {}, zone: 'UTC' });
  return Object.fromEntries(
    rows.map((row) => [
      `${row.day} ${row.model ?? ''}`,
      {
        requests: row.requests,
        tokens: row.tokens,
        costNanoUsd: row.cashNanoUsd + row.equivalentNanoUsd,
      },
    ]),
  );
}
