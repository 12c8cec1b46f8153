import type { Outcome, Run } from '../command.ts';
import { UsageError } from '../failure.ts';
import { plain, table } from '../text.ts';
import { findConnections, noConnections } from './find-connection.ts';
import { printTested, testAll } from './keys.ts';

/** `llmlab providers`: whom LLMLab can reach, and what each offers. */
export async function listProviders(run: Run): Outcome {
  const { providers } = await run.withReader(({ ask }) => ask('providers.list', {}));
  run.print({ providers }, () =>
    table(
      [
        { title: 'Provider', cell: (row) => row.id },
        { title: 'Name', cell: (row) => row.label },
        { title: 'Offers', cell: (row) => row.offers.join(', ') || '-' },
        {
          title: 'Keys',
          cell: (row) => row.fields.flatMap(({ secret, name }) => (secret ? [name] : [])).join(', ') || '-',
        },
        { title: 'Connections', right: true, cell: (row) => String(row.connections) },
        { title: 'Keys are made at', cell: (row) => plain(row.keyUrl ?? '-') },
      ],
      providers,
    ),
  );
  return undefined;
}

/** `llmlab providers test --all`: asks every connected vendor what its key may do. Exit code 1 where something failed. */
export async function testProviders(
  run: Run,
  { all = false }: { readonly all?: boolean },
  which: string | undefined,
): Outcome {
  if (!all && which === undefined)
    throw new UsageError('Say which to test, or --all: llmlab providers test --all.');
  const results = await run.withCore(async ({ ask }) => {
    if (which !== undefined) return testAll(ask, await findConnections(ask, which));
    const { connections } = await ask('connections.list', {});
    if (connections.length === 0) throw noConnections();
    return testAll(ask, connections);
  });
  return printTested(run, results);
}
