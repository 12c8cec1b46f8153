import type { ModelPrice, VendorModel } from '../../../../src-preload/contract/calls.ts';
import type { Outcome, Run } from '../command.ts';
import { exitCodes } from '../failure.ts';
import { counted, moment, short, table } from '../text.ts';

interface ModelsOptions {
  readonly refresh?: boolean;
}

/** `llmlab models`: what the connections offer, with the price calls are counted at and the vendor's own. */
export async function models(run: Run, options: ModelsOptions, provider?: string): Outcome {
  const which = provider === undefined ? {} : { provider };
  const { list, failed } = await run.withReader(async ({ ask }) => {
    const refreshed = options.refresh ? (await ask('models.refresh', which)).results : [];
    return { list: await ask('models.list', which), failed: refreshed.filter(({ error }) => error !== null) };
  });
  run.print(list, () => (list.models.length === 0 ? 'No models are known.' : modelsText(list.models)));
  for (const { connection, error } of failed) run.io.tell(`${connection}: ${error}`);
  if (list.models.length === 0)
    run.hint('Add a key with llmlab keys set PROVIDER, then llmlab models --refresh.');
  return failed.length > 0 ? exitCodes.nothing : undefined;
}

function modelsText(list: readonly VendorModel[]): string {
  const rates = (price: ModelPrice | null): string =>
    price === null ? '-' : `${price.input ?? '?'} / ${price.output ?? '?'}`;
  return [
    table(
      [
        { title: 'Model', cell: ({ id }: VendorModel) => id },
        { title: 'Connection', cell: ({ connection }) => connection },
        {
          title: 'Context',
          right: true,
          cell: ({ contextTokens }) => (contextTokens === null ? '-' : short(contextTokens)),
        },
        { title: 'In / out, $ per M', right: true, cell: ({ price }) => rates(price) },
        { title: 'Vendor says', right: true, cell: ({ vendorPrice }) => rates(vendorPrice) },
        { title: 'Price from', cell: ({ priceFrom }) => priceFrom },
        { title: 'As of', cell: ({ asOf }) => moment(asOf) },
      ],
      list,
    ),
    `${counted(list.length, 'model')}.`,
  ].join('\n\n');
}
